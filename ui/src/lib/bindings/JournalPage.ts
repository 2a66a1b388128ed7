// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Cursor } from "./Cursor";
import type { JournalRow } from "./JournalRow";

/**
 * A page of a journal.
 */
export type JournalPage = { 
/**
 * The rows.
 */
rows: Array<JournalRow>, 
/**
 * Where the next page begins; absent on the last.
 */
next: Cursor | null, };
