// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * The SHA-256 identity of one Automerge change. Unique within its document only.
 */
export type ChangeHash = string;
