// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A row or an event inside a record.
 */
export type RowId = string;
