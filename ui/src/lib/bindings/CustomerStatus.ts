// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type CustomerStatus = "prospect" | "customer" | "former";
