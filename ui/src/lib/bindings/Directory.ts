// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type Directory = "work_kind" | "unit" | "cause" | "source" | "equipment_category" | "recipient_category" | "expense_category" | "classifier" | "class" | "region" | "skill" | "reason";
