// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * A column of a row to correct.
 */
export type RowCorrect = { 
/**
 * The field.
 */
field: string, 
/**
 * The row.
 */
row: RowId, 
/**
 * The column.
 */
column: string, 
/**
 * The value; `null` clears it.
 */
value: unknown, };
