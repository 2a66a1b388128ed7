// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type CardState = "draft" | "active" | "suspended" | "completed" | "closed" | "renewed" | "terminated";
