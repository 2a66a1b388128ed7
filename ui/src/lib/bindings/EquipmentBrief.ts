// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";

/**
 * An object, on the page of something else.
 */
export type EquipmentBrief = { 
/**
 * The object.
 */
link: Linked, 
/**
 * What it is called.
 */
name: string | null, 
/**
 * Who made it.
 */
manufacturer: string | null, 
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
 * Whether the warranty holds today.
 */
in_warranty: boolean | null, };
