// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * An ownership group: who may write a field.
 */
export type Group = "office" | "technician" | "customer" | "relay";
