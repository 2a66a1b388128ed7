// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Why a profile cannot be opened here.
 */
export type Unopenable = "in_use" | "newer_app" | "key_missing" | "key_damaged" | "disk";
