// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";

/**
 * An import that was taken back.
 */
export type ImportUndone = { 
/**
 * What the file was called.
 */
file: string, 
/**
 * When it was imported.
 */
at: Instant, 
/**
 * Records the import made that are withdrawn now.
 */
withdrawn: number, 
/**
 * Records that were there before and lost what the import wrote in them.
 */
changed_back: number, 
/**
 * Records in which something the import wrote stays.
 */
left: number, };
