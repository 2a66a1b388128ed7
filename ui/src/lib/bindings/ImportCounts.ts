// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How long the lists of a preview are in all.
 */
export type ImportCounts = { 
/**
 * Rows that are taken.
 */
lines: number, 
/**
 * Rows that are not.
 */
refused: number, 
/**
 * Cells that say otherwise than what stands.
 */
differs: number, 
/**
 * Cells that name something nobody knows.
 */
left_out: number, };
