// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A form that was left, and when.
 */
export type DraftView = { 
/**
 * Which form.
 */
form: string, 
/**
 * What was typed.
 */
body: unknown, 
/**
 * When, by this device's clock, Unix milliseconds.
 */
saved_ms: number, };
