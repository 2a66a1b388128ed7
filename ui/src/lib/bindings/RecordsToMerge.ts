// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * Two records of the same thing.
 */
export type RecordsToMerge = { 
/**
 * The one that no longer counts.
 */
duplicate: DocumentId, 
/**
 * The one that stays, of the same kind.
 */
into: DocumentId, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
