// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * Why something no longer counts.
 */
export type WithdrawalView = { 
/**
 * Who took it back.
 */
by: Linked, 
/**
 * When.
 */
at: Instant, 
/**
 * Why.
 */
why: string, };
