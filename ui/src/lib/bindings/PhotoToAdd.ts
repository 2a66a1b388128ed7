// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { PhotoMoment } from "./PhotoMoment";

/**
 * A photo to keep.
 */
export type PhotoToAdd = { 
/**
 * The visit, complaint or object it belongs to.
 */
document: DocumentId, 
/**
 * The file in base 64.
 */
content: string, 
/**
 * Its media type: `image/jpeg`.
 */
media_type: string, 
/**
 * A small picture of it in base 64, a JPEG.
 */
thumbnail?: string, 
/**
 * What it shows.
 */
caption?: string, 
/**
 * Before or after the work.
 */
moment?: PhotoMoment, };
