// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type PhotoMoment = "before" | "after" | "other";
