// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { TimeWindow } from "./TimeWindow";

/**
 * A visit with its new time.
 */
export type VisitMove = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * When it is planned from now on; absent to take its time away.
 */
window: TimeWindow | null, 
/**
 * Set when a person put it there and the planner must not move it.
 */
pinned?: boolean, };
