// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A value as it stands in a document.
 */
export type Scalar = null | boolean | number | string;
