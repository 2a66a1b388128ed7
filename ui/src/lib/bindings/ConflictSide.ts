// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { NamedRow } from "./NamedRow";
import type { Scalar } from "./Scalar";

/**
 * One of several values, and who wrote it.
 */
export type ConflictSide = { 
/**
 * The value.
 */
value: Scalar, 
/**
 * What the value names, when it is a record or a list of them.
 */
links: Array<Linked>, 
/**
 * The row it names, when it is one.
 */
rows: Array<NamedRow>, 
/**
 * Who wrote it; absent when the record does not tell.
 */
by: Linked | null, 
/**
 * What their position is, where it is known.
 */
position: string | null, 
/**
 * On which device.
 */
device: string | null, 
/**
 * When, by that device's clock, Unix milliseconds.
 */
made_ms: number | null, 
/**
 * When the office got it, Unix milliseconds by the relay's clock.
 */
arrived_ms: number | null, };
