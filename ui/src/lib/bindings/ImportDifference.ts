// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";

/**
 * A cell that says otherwise than what stands already.
 */
export type ImportDifference = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The column.
 */
column: ImportColumn, 
/**
 * What people call the record.
 */
label: string, 
/**
 * What stands and is kept, in canonical form.
 */
kept: string, 
/**
 * What the file says, in canonical form.
 */
offered: string, };
