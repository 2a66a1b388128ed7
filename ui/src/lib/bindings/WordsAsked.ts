// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks for records by words.
 */
export type WordsAsked = { 
/**
 * What the person typed.
 */
text: string, 
/**
 * How many of one kind at most.
 */
of_a_kind?: number, };
