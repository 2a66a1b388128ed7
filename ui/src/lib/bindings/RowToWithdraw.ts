// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { RowId } from "./RowId";

/**
 * A row or an event that should no longer count.
 */
export type RowToWithdraw = { 
/**
 * The record.
 */
document: DocumentId, 
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
why: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
