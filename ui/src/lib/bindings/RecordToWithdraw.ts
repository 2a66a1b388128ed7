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
why: string, };
