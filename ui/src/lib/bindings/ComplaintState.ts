// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type ComplaintState = "registered" | "accepted" | "analysis" | "action" | "verification" | "answered" | "closed" | "rejected" | "reopened";
