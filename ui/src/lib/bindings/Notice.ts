// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { MyVisit } from "./MyVisit";
import type { Named } from "./Named";
import type { SyncHalt } from "./SyncHalt";
import type { TimeWindow } from "./TimeWindow";

/**
 * Something to tell a person at once.
 */
export type Notice = { "is": "visit_assigned", 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * What is known of it.
 */
now: MyVisit, } | { "is": "visit_moved", 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * Where it stood; absent when it had no time.
 */
from: TimeWindow | null, 
/**
 * What is known of it.
 */
now: MyVisit, } | { "is": "not_accepted", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * What it is called; absent when it is here no longer.
 */
name: Named | null, } | { "is": "decide", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * What it is called.
 */
name: Named | null, } | { "is": "review", 
/**
 * How many pieces of work wait now.
 */
count: number, } | { "is": "sync_halted", 
/**
 * What.
 */
by: SyncHalt, } | { "is": "several", 
/**
 * How many.
 */
count: number, };
