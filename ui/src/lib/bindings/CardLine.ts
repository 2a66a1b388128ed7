// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardState } from "./CardState";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * A card on another record's page.
 */
export type CardLine = { 
/**
 * The card.
 */
link: Linked, 
/**
 * Its state.
 */
state: CardState | null, 
/**
 * What sort of service, by name.
 */
service_type: string | null, 
/**
 * The object.
 */
equipment: Linked | null, 
/**
 * Who answers for it.
 */
responsible: Linked | null, 
/**
 * How much of its planned work is done, in hundredths of a percent.
 */
percent: number | null, 
/**
 * When the next visit begins.
 */
next_visit: Instant | null, };
