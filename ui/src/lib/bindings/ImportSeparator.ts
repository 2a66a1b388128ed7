// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What separates the cells of a CSV file.
 */
export type ImportSeparator = "semicolon" | "comma" | "tab";
