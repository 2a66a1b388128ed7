// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A refused piece of work that was read.
 */
export type WorkRead = { 
/**
 * As [`RefusedWork`] names it.
 */
envelope: string, };
