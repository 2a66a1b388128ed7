// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * From a start to an end that is not before it. One scalar in a document, so that a merge cannot
 * mix the start of one edit with the end of another.
 */
export type TimeWindow = string;
