// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";

/**
 * A meter.
 */
export type MeterView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * What it counts.
 */
name: string | null, 
/**
 * Its unit.
 */
unit: Linked | null, };
