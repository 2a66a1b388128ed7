// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A question without data.
 */
export type Nothing = Record<string, never>;
