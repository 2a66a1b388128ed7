// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type ReturnDecision = "repair" | "replace" | "refund" | "reject";
