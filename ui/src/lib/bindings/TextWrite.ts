// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A text to write.
 */
export type TextWrite = { 
/**
 * The field.
 */
field: string, 
/**
 * The heads it was read at; empty in a new record.
 */
base_heads: Array<string>, 
/**
 * What was on the screen when typing began.
 */
base_text: string, 
/**
 * What the person left there.
 */
new_text: string, };
