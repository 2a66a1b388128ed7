// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { PhotoMoment } from "./PhotoMoment";
import type { PhotoState } from "./PhotoState";
import type { RowId } from "./RowId";

/**
 * A photo.
 */
export type PhotoView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * The name of its file: what a photo is asked for by.
 */
sha256: string | null, 
/**
 * Its size in bytes.
 */
bytes: number | null, 
/**
 * Its media type.
 */
media_type: string | null, 
/**
 * What it shows.
 */
caption: string | null, 
/**
 * Before or after the work.
 */
moment: PhotoMoment | null, 
/**
 * Where the file is.
 */
state: PhotoState, 
/**
 * Who took it.
 */
by: Linked | null, 
/**
 * When.
 */
at: Instant | null, };
