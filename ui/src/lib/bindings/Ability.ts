// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type Ability = "review" | "reopen" | "close_complaint" | "approve_expense" | "export" | "enrol_devices" | "assign_roles";
