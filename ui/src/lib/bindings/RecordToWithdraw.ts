// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * A record made by mistake.
 */
export type RecordToWithdraw = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Why.
 */
why: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
