// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";
import type { TimeWindow } from "./TimeWindow";

/**
 * A work row.
 */
export type WorkEntry = { 
/**
 * The row.
 */
row: RowId, 
/**
 * The visit it is written in.
 */
visit: DocumentId, 
/**
 * The volume, a canonical decimal.
 */
volume: string | null, 
/**
 * From when to when, when it was written down so.
 */
period: TimeWindow | null, 
/**
 * The hours, a canonical decimal.
 */
hours: string | null, 
/**
 * Who worked.
 */
who: Linked | null, 
/**
 * When it was written down.
 */
at: Instant | null, 
/**
 * Anything else.
 */
note: string | null, 
/**
 * Whether this person wrote it.
 */
is_mine: boolean, };
