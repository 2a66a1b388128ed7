// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * A row of a form.
 */
export type FormRow = { 
/**
 * Its id.
 */
row: RowId, 
/**
 * Its values by column; empty ones are left out.
 */
columns: Record<string, unknown>, };
