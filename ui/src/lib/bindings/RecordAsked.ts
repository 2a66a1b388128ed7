// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * Asks for the history of a record.
 */
export type RecordAsked = { 
/**
 * The record.
 */
document: DocumentId, };
