// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What became of a damaged database: told until the person has read it.
 */
export type Rescue = { 
/**
 * Unsent changes that were saved.
 */
changes: number, 
/**
 * False when a part of the damaged file could not be read.
 */
complete: boolean, 
/**
 * The damaged file, kept for support; absent when there was none: it was empty or gone.
 */
kept: string | null, };
