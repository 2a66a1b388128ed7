// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A form by its name.
 */
export type FormAsked = { 
/**
 * Which form, as the screens name it.
 */
form: string, };
