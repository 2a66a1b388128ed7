// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardAct } from "./CardAct";
import type { DocumentId } from "./DocumentId";

/**
 * A step of a card.
 */
export type CardStep = { 
/**
 * The card.
 */
card: DocumentId, 
/**
 * The step.
 */
act: CardAct, 
/**
 * Why.
 */
reason?: string, 
/**
 * Of a renewal: the card that goes on.
 */
next_card?: DocumentId, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
