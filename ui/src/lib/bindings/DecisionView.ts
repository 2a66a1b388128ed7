// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * An answer to a proposal.
 */
export type DecisionView = { 
/**
 * Whether the value was taken.
 */
accepted: boolean, 
/**
 * Who decided.
 */
by: Linked, 
/**
 * When.
 */
at: Instant, 
/**
 * What was answered.
 */
answer: string, };
