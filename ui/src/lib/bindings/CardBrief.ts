// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { Priority } from "./Priority";
import type { ServiceType } from "./ServiceType";

/**
 * A card, on the page of something else.
 */
export type CardBrief = { 
/**
 * The card.
 */
link: Linked, 
/**
 * What sort of service.
 */
service_type: ServiceType | null, 
/**
 * How urgent.
 */
priority: Priority | null, 
/**
 * Whether the customer signs every visit.
 */
signature_required: boolean, };
