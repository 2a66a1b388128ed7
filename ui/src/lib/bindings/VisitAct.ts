// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type VisitAct = "dispatched" | "accepted" | "declined" | "travel_started" | "arrived" | "work_started" | "paused" | "resumed" | "completed" | "completed_partly" | "cannot_complete" | "reviewed" | "closed" | "cancelled" | "reopened";
