// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";

/**
 * A row or an event to add, in the name of whoever uses the device.
 */
export type RowAdd = { 
/**
 * The field.
 */
field: string, 
/**
 * Its columns, by name.
 */
columns: Record<string, unknown>, 
/**
 * When it happened, when that was not now.
 */
at?: Instant, };
