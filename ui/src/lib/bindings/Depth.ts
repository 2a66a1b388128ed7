// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How deep a search looks.
 */
export type Depth = "words" | "inner";
