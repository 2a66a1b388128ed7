// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Where the newest own work of a record is. Later is what a person must know first.
 */
export type Standing = "in_office" | "sending" | "on_device" | "not_accepted";
