// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Where rows without a value stand.
 */
export type Nulls = "last" | "first";
