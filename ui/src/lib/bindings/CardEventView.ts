// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardAct } from "./CardAct";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * Something that happened to a card.
 */
export type CardEventView = { 
/**
 * What happened; absent when a newer version knows it.
 */
act: CardAct | null, 
/**
 * When.
 */
at: Instant | null, 
/**
 * Who says so.
 */
by: Linked | null, 
/**
 * Why.
 */
reason: string | null, 
/**
 * Of a renewal: the card that goes on.
 */
next_card: Linked | null, };
