// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How many records a journal has in all.
 */
export type JournalTotal = { 
/**
 * How many.
 */
count: number, };
