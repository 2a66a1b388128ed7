// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { TimelineEntry } from "./TimelineEntry";

/**
 * What happened on a card, newest first.
 */
export type CardHistory = { 
/**
 * As many entries as were asked for.
 */
entries: Array<TimelineEntry>, 
/**
 * Whether there are more of them.
 */
more: boolean, 
/**
 * How many works its visits have.
 */
works: number, 
/**
 * How many photos its visits and complaints have.
 */
files: number, 
/**
 * How many complaints it has.
 */
complaints: number, };
