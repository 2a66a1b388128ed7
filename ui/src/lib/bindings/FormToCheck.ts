// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";
import type { Writes } from "./Writes";

/**
 * What somebody has typed so far.
 */
export type FormToCheck = { 
/**
 * The kind of record.
 */
kind: Kind, 
/**
 * The record, or the id the form was given for it.
 */
document: DocumentId, 
/**
 * The heads the form was opened at, as [`crate::actions::records::RecordToEdit`] has them; none of a new
 * record.
 */
seen: Array<ChangeHash>, 
/**
 * What saving would write.
 */
writes: Writes, };
