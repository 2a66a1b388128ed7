// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { Periodicity } from "./Periodicity";
import type { ServiceType } from "./ServiceType";

/**
 * What tells a card from others of its customer, whose labels differ by the number alone.
 */
export type CardToPick = { 
/**
 * What sort of service.
 */
service_type: ServiceType | null, 
/**
 * The object, when it has a record.
 */
equipment: Linked | null, 
/**
 * How often.
 */
periodicity: Periodicity | null, };
