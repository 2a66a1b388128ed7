// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { JournalCell } from "./JournalCell";

/**
 * A row of a journal.
 */
export type JournalRow = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The columns asked for, in that order.
 */
cells: Array<JournalCell>, };
