// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How far a person sees in a section. Later is wider.
 */
export type Reach = "none" | "own" | "team" | "all";
