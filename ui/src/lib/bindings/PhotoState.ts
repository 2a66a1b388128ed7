// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Where the file of a photo is.
 */
export type PhotoState = "on_device" | "sending" | "in_office" | "elsewhere";
