// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Offered } from "./Offered";

/**
 * Asks what a picker offers.
 */
export type ChoicesAsked = { 
/**
 * What is to be picked.
 */
of: Offered, 
/**
 * What the person typed; the first ones by name when absent.
 */
text?: string, 
/**
 * Of objects and cards: only this customer's.
 */
customer?: DocumentId, };
