// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type ComplaintAct = "accepted" | "analysis_started" | "action_started" | "verification_started" | "answered" | "customer_answered" | "no_answer" | "closed" | "rejected" | "reopened";
