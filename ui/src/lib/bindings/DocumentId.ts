// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * One record, which is one Automerge document.
 */
export type DocumentId = string;
