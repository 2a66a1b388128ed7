// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { HistoryPart } from "./HistoryPart";

/**
 * Asks for what happened on a card.
 */
export type CardHistoryAsked = { 
/**
 * The card.
 */
card: DocumentId, 
/**
 * What of it.
 */
part: HistoryPart, 
/**
 * How many entries; absent for the usual.
 */
lines?: number, };
