// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { JournalCell } from "./JournalCell";

/**
 * A group of a journal's rows.
 */
export type JournalGroup = { 
/**
 * The value the group has in common.
 */
value: JournalCell, 
/**
 * How many rows.
 */
count: number, 
/**
 * The sums asked for, in that order, in the column's own whole units: millionths for decimals, minor
 * units for money.
 */
sums: Array<number | null>, };
