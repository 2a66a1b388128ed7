// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Where a change came from.
 */
export type Origin = "here" | "sync";
