// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { RowId } from "./RowId";

/**
 * An answer to a wish.
 */
export type WishToAnswer = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The proposal's row.
 */
row: RowId, 
/**
 * Whether the value is taken.
 */
accept: boolean, 
/**
 * What the person who wished it reads.
 */
answer?: string, };
