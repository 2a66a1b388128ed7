// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { PartDirection } from "./PartDirection";
import type { RowId } from "./RowId";

/**
 * A part put in or taken out.
 */
export type PartView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * What it is called.
 */
name: string | null, 
/**
 * Its serial number.
 */
serial: string | null, 
/**
 * How many, a canonical decimal.
 */
quantity: string | null, 
/**
 * The unit.
 */
unit: Linked | null, 
/**
 * Put in or taken out.
 */
direction: PartDirection | null, 
/**
 * Whether the warranty pays.
 */
warranty: boolean | null, 
/**
 * Who wrote it down.
 */
by: Linked | null, };
