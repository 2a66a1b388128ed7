// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A file people bring.
 */
export type FileToImport = { 
/**
 * What it is called; its ending says what it is.
 */
name: string, 
/**
 * Of an Excel file, the sheet to read; the first when absent.
 */
sheet?: string, 
/**
 * Its content in base 64.
 */
content: string, };
