// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ComplaintAct } from "./ComplaintAct";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";

/**
 * Something that happened to a complaint.
 */
export type ComplaintEventView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * What happened; absent when a newer version knows it.
 */
act: ComplaintAct | null, 
/**
 * When.
 */
at: Instant | null, 
/**
 * Who says so.
 */
by: Linked | null, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Of a customer's answer: the mark, 1 to 5.
 */
mark: number | null, 
/**
 * Of a customer's answer: the words.
 */
comment: string | null, };
