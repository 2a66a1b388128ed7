// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";

/**
 * A cell that names something nobody knows: a region, a source, an employee.
 */
export type ImportLeftOut = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The column.
 */
column: ImportColumn, 
/**
 * What the cell says.
 */
text: string, };
