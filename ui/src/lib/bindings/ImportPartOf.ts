// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What a column says something about.
 */
export type ImportPartOf = "customer" | "site" | "legal_address" | "postal_address" | "contact" | "equipment";
