// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { TimeWindow } from "./TimeWindow";

/**
 * What a technician wants to know of a visit before opening it.
 */
export type MyVisit = { 
/**
 * Its number, or the provisional label.
 */
label: string, 
/**
 * For whom.
 */
customer: string | null, 
/**
 * When.
 */
window: TimeWindow | null, };
