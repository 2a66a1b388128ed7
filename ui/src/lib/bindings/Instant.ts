// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A moment with the offset it was entered at, in whole seconds.
 */
export type Instant = string;
