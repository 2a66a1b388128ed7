// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
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
 * The heads of the page it was read on: what others wrote in the field since stays beside the value.
 */
seen: Array<ChangeHash>, 
/**
 * Whether the value is taken.
 */
accept: boolean, 
/**
 * What the person who wished it reads.
 */
answer?: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
