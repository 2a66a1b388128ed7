// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * An object on another record's page.
 */
export type EquipmentLine = { 
/**
 * The object.
 */
link: Linked, 
/**
 * The model.
 */
model: string | null, 
/**
 * The serial number.
 */
serial: string | null, 
/**
 * Where exactly it stands.
 */
place: string | null, 
/**
 * The last day of its warranty.
 */
warranty_until: string | null, 
/**
 * When it was visited last.
 */
last_visit: Instant | null, };
