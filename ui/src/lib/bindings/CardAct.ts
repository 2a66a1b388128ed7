// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type CardAct = "activated" | "suspended" | "completed" | "renewed" | "terminated" | "closed" | "reopened";
