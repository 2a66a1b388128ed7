// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * A record to bring back.
 */
export type RecordToRestore = { 
/**
 * The record.
 */
document: DocumentId, };
