// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks for a day.
 */
export type DayAsked = { 
/**
 * The day, `YYYY-MM-DD`; absent for today.
 */
date?: string, };
