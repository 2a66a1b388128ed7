// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { NotProven } from "./NotProven";

/**
 * Why the office did not answer as it should.
 */
export type RelayTrouble = { "what": "unreachable" } | { "what": "not_a_relay" } | { "what": "other_relay" } | { "what": "forged" } | { "what": "no_progress" } | { "what": "not_proven", 
/**
 * Why.
 */
why: NotProven, } | { "what": "not_tls" } | { "what": "revoked" } | { "what": "not_confirmed" } | { "what": "refused", 
/**
 * Its code.
 */
problem: string, 
/**
 * Seconds after which asking again is right.
 */
retry_after_s: number | null, };
