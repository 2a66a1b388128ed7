// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type Missing = "cause" | "finished_corrective_action" | "customers_answer";
