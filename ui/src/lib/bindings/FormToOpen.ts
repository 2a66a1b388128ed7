// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * Opens a form.
 */
export type FormToOpen = { 
/**
 * The kind of record.
 */
kind: Kind, 
/**
 * The record to edit; a new one when absent.
 */
document?: DocumentId, 
/**
 * Of a new record: the one it is made from, which gives what both say.
 */
from?: DocumentId, };
