// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How many of something.
 */
export type ImportTally = { 
/**
 * Will be made.
 */
made: number, 
/**
 * Exist, and get values they lacked.
 */
completed: number, 
/**
 * Exist, and stay as they are.
 */
unchanged: number, };
