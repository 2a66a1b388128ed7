// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How the letters of a CSV file are written.
 */
export type ImportEncoding = "utf8" | "utf16" | "windows1251";
