// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
import type { Linked } from "./Linked";
import type { TimelineWrite } from "./TimelineWrite";

/**
 * Everything somebody wrote to a record at once.
 */
export type TimelineEntry = { 
/**
 * The record it was written to.
 */
record: Linked, 
/**
 * The change that wrote it.
 */
change: ChangeHash, 
/**
 * Who; absent for work older than what is kept here.
 */
by: Linked | null, 
/**
 * On which device.
 */
device: string | null, 
/**
 * When, by that device's clock, Unix milliseconds.
 */
made_ms: number, 
/**
 * When the office got it, Unix milliseconds by the relay's clock; absent while it has not.
 */
arrived_ms: number | null, 
/**
 * What was written.
 */
writes: Array<TimelineWrite>, };
