// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { WorkEntered } from "./WorkEntered";

/**
 * A work to be written down in a visit.
 */
export type WorkToAdd = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * The work.
 */
work: WorkEntered, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
