// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportPreview } from "./ImportPreview";
import type { Instant } from "./Instant";

/**
 * An import that was done.
 */
export type Imported = { 
/**
 * What the file was called.
 */
file: string, 
/**
 * When.
 */
at: Instant, 
/**
 * What became of its rows.
 */
preview: ImportPreview, };
