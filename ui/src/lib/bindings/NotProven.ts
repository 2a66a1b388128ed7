// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Why what answers is not taken for our relay. A pin is eight groups of four letters and digits, as
 * `sync-server invite` shows it, for two people to compare.
 */
export type NotProven = { "is": "not_known", 
/**
 * The pin of what answered.
 */
shown: string, } | { "is": "other_key", 
/**
 * The pin of what answered.
 */
shown: string, } | { "is": "other_name" } | { "is": "other_time" } | { "is": "garbled" };
