// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Attention } from "./Attention";
import type { Decider } from "./Decider";
import type { Linked } from "./Linked";

/**
 * Something to look at, and who does.
 */
export type AttentionItem = { 
/**
 * What.
 */
item: Attention, 
/**
 * Who looks at it.
 */
owner: Decider, 
/**
 * The people it speaks of.
 */
people: Array<Linked>, };
