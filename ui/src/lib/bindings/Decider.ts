// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Who decides a conflict of a field.
 */
export type Decider = "dispatcher" | "reviewer" | "responsible";
