// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Why a file cannot be read as a table.
 */
export type FileTrouble = { "what": "too_large" } | { "what": "too_many_rows" } | { "what": "too_many_columns", 
/**
 * The line, counted from 1.
 */
line: number, 
/**
 * The most columns of a table.
 */
most: number, } | { "what": "empty" } | { "what": "unknown_format" } | { "what": "broken_header", 
/**
 * The line, counted from 1.
 */
line: number, } | { "what": "long_heading", 
/**
 * The column, counted from 1.
 */
column: number, 
/**
 * The most characters of a cell.
 */
most: number, } | { "what": "no_known_column" } | { "what": "excel" } | { "what": "no_such_sheet" } | { "what": "unreadable" };
