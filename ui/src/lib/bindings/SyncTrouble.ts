// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Why the last try failed.
 */
export type SyncTrouble = { "what": "unreachable" } | { "what": "not_a_relay" } | { "what": "other_relay" } | { "what": "forged" } | { "what": "not_recognised" } | { "what": "other_version" } | { "what": "clock" } | { "what": "device_full" } | { "what": "relay_unable", 
/**
 * Its code.
 */
problem: string, } | { "what": "unexpected", 
/**
 * Its code.
 */
problem: string, } | { "what": "no_progress" };
