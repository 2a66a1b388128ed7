// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What became of work that was not accepted.
 */
export type RefusedOutcome = "in_review" | "declined" | "damaged";
