// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * A view of a journal.
 */
export type ViewOfJournal = { 
/**
 * Its id, which the screens make.
 */
id: DocumentId, 
/**
 * What it is called.
 */
name: string, 
/**
 * How the journal looks.
 */
body: unknown, };
