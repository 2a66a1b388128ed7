// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * How often a card's work repeats.
 */
export type Periodicity = { "repeats": "once" } | { "repeats": "calendar", 
/**
 * An RFC 5545 rule without its start: `FREQ=MONTHLY;BYMONTHDAY=15`.
 */
rule: string, 
/**
 * The first day.
 */
start: string, 
/**
 * The last day, when the service ends by itself.
 */
end?: string | null, } | { "repeats": "meter", 
/**
 * The meter's row in the equipment.
 */
meter: RowId, 
/**
 * Every so many of the meter's units.
 */
every: number, };
