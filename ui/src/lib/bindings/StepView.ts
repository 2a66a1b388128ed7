// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";
import type { VisitAct } from "./VisitAct";

/**
 * What happened on a visit.
 */
export type StepView = { 
/**
 * The event's row.
 */
row: RowId, 
/**
 * What happened; absent when a newer version knows it.
 */
act: VisitAct | null, 
/**
 * When, by the person who says so.
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
 * Of a dispatch: whom it went to.
 */
specialists: Array<Linked>, };
