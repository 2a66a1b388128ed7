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
 * When the first begins.
 */
first_start: Instant | null, 
/**
 * The customer of the first.
 */
first_customer: Linked | null, };
