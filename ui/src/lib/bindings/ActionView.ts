// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ActionKind } from "./ActionKind";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";

/**
 * Something done about the cause.
 */
export type ActionView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * Corrective or preventive.
 */
action_kind: ActionKind | null, 
/**
 * What.
 */
text: string | null, 
/**
 * Who does it.
 */
who: Linked | null, 
/**
 * By when.
 */
due: string | null, 
/**
 * The day it was done.
 */
done: string | null, 
/**
 * Whether it should be done by now and is not.
 */
is_overdue: boolean, };
