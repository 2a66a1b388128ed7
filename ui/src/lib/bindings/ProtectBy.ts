// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What a person wants the data protected by.
 */
export type ProtectBy = { "pin": string } | { "passphrase": string };
