// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * A row that should no longer count.
 */
export type RowWithdraw = { 
/**
 * The field.
 */
field: string, 
/**
 * The row.
 */
row: RowId, 
/**
 * Why.
 */
why: string, };
