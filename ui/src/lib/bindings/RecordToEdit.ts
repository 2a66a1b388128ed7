// Made by `cargo xtask codegen` from the Rust types. Do not edit.
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
 * What to write.
 */
writes: Writes, };
