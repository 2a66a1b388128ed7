// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { TimeWindow } from "./TimeWindow";

/**
 * A work as a person writes it down.
 */
export type WorkEntered = { 
/**
 * The kind of work.
 */
work_kind: DocumentId, 
/**
 * The unit of the volume.
 */
unit: DocumentId | null, 
/**
 * How much was done, a decimal.
 */
volume: string | null, 
/**
 * From when to when, when it is written down so.
 */
period: TimeWindow | null, 
/**
 * How many hours, a decimal, when no times are written down.
 */
hours: string | null, 
/**
 * Who worked; whoever writes it down when absent.
 */
who: DocumentId | null, 
/**
 * Anything else.
 */
note: string | null, };
