// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * A day of the week.
 */
export type DayBrief = { 
/**
 * The day.
 */
date: string, 
/**
 * How many visits.
 */
visits: number, 
/**
 * How many of them are over.
 */
done: number, 
/**
 * When the first that begins on this day does; absent when all go on from an earlier one.
 */
first_start: Instant | null, 
/**
 * The customer of that one, or of the first that goes on from an earlier day when none begins.
 */
first_customer: Linked | null, };
