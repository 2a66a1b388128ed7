// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Why what answers is not taken for our relay.
 */
export type NotProven = "not_known" | "other_key" | "other_name" | "other_time" | "garbled";
