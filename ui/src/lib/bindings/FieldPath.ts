// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * The place of a value in a record.
 */
export type FieldPath = { 
/**
 * The root field.
 */
field: string, 
/**
 * The row, when the field holds rows.
 */
row?: RowId | null, 
/**
 * The column, when the path names one of a row.
 */
column?: string | null, };
