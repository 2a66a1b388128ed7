// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How far an import is. Its records are made one by one and saved together at the end.
 */
export type ImportProgress = { 
/**
 * Records that are made; none of them is saved before all are.
 */
ready: number, 
/**
 * Records there will be.
 */
total: number, };
