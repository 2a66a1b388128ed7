// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What opens a profile.
 */
export type LockedBy = "pin" | "passphrase";
