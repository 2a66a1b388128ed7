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
 * The heads a text box of this record goes on from: what was typed here and seen, and nothing a
 * colleague wrote meanwhile.
 */
text_base: Array<string>, };
