// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { RowId } from "./RowId";

/**
 * A row or an event to add, in the name of whoever uses the device.
 */
export type RowAdd = { 
/**
 * The field.
 */
field: string, 
/**
 * The id the form reserved, by which it finds what is said about the row; a new one when absent.
 */
row?: RowId, 
/**
 * Its columns, by name.
 */
columns: Record<string, unknown>, 
/**
 * When it happened, when that was not now.
 */
at?: Instant, };
