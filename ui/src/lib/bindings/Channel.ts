// Made by `cargo xtask codegen` from the Rust types. Do not edit.

export type Channel = "phone" | "email" | "message" | "website" | "letter" | "on_site" | "in_office";
