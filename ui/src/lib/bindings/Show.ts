// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Which records a list shows.
 */
export type Show = "standing" | "everything" | "no_longer";
