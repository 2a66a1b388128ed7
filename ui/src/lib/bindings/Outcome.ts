// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type Outcome = "completed" | "completed_partly" | "cannot_complete";
