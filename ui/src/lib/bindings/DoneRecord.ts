// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
import type { DocumentId } from "./DocumentId";

/**
 * What an action wrote to one record.
 */
export type DoneRecord = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The changes made, oldest first; empty when everything stood there already.
 */
changes: Array<ChangeHash>, 
/**
 * The heads a form or a text box of this record goes on from: what was written here and seen, and
 * nothing a colleague wrote meanwhile. Empty when nothing was written: it goes on from what it had.
 */
text_base: Array<string>, };
