// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What is wrong with the device's own database.
 */
export type StorageTrouble = "disk_full" | "damaged" | "disk_failed" | "busy" | "in_use" | "newer_app" | "failed";
