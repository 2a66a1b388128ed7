// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Instant } from "./Instant";

/**
 * Asks for a page of a record, as it is or was.
 */
export type PageOf = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * «Стан на»: the moment to show it at; absent for now.
 */
at?: Instant, 
/**
 * How many lines of each list to show, of a page that lists more than fits on it; absent for the usual.
 */
lines?: number, };
