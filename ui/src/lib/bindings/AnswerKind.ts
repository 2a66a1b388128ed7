// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type AnswerKind = "yes_no" | "number" | "line" | "one_of" | "photo";
