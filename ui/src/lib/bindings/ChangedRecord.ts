// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * A record that changed, came or went.
 */
export type ChangedRecord = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Its kind; absent when it is here no longer, or only its standing changed.
 */
kind: Kind | null, };
