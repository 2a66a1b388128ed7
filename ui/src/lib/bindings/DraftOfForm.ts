// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A form that is left.
 */
export type DraftOfForm = { 
/**
 * Which form of which record, as the screens name it.
 */
form: string, 
/**
 * What was typed: the screens' own.
 */
body: unknown, };
