// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type MessageKind = "acknowledgement" | "progress" | "closing_reply";
