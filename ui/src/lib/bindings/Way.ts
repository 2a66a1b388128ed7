// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";

/**
 * When each part of the way was done, as that person says.
 */
export type Way = { 
/**
 * Left for it.
 */
travel_started: Instant | null, 
/**
 * Was there.
 */
arrived: Instant | null, 
/**
 * Began to work.
 */
work_started: Instant | null, 
/**
 * Finished, however.
 */
finished: Instant | null, };
