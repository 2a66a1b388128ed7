// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Which way to sort.
 */
export type Direction = "ascending" | "descending";
