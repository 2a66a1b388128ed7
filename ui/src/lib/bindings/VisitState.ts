// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type VisitState = "new" | "scheduled" | "dispatched" | "accepted" | "declined" | "travelling" | "in_progress" | "on_hold" | "completed" | "completed_partly" | "cannot_complete" | "reviewed" | "closed" | "cancelled";
