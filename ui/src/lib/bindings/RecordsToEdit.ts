// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * Several records to edit together: all of them or none.
 */
export type RecordsToEdit = { 
/**
 * The records.
 */
documents: Array<DocumentId>, 
/**
 * The fields to set in each, by name.
 */
set: Record<string, unknown>, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
