// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
import type { DocumentId } from "./DocumentId";
import type { Writes } from "./Writes";

/**
 * A record to edit.
 */
export type RecordToEdit = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The heads the form had: of the page it was opened from, or of its last save. What others wrote since
 * stays beside what the form writes.
 */
seen: Array<ChangeHash>, 
/**
 * What to write.
 */
writes: Writes, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
