// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardToPick } from "./CardToPick";
import type { Linked } from "./Linked";

/**
 * A choice of a picker.
 */
export type PickerChoice = { 
/**
 * The record.
 */
link: Linked, 
/**
 * Of a kind of work: the unit its volume is usually counted in.
 */
unit: Linked | null, 
/**
 * Of a kind of work: the hours one unit usually takes, a canonical decimal.
 */
hours_per_unit: string | null, 
/**
 * The entry it stands under; of an object or a card, its customer.
 */
parent: Linked | null, 
/**
 * Of an employee: the position; of an object: the serial number and where it stands; of a customer: the
 * registry code and the town, which tell companies of one name apart; of a card: its object in words.
 */
note: string | null, 
/**
 * Of a card: what tells it from others of the customer.
 */
card: CardToPick | null, };
