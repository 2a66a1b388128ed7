// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { TimelineWrite } from "./TimelineWrite";

/**
 * Work that waits for a decision.
 */
export type ReviewLine = { 
/**
 * What a decision names.
 */
envelope: string, 
/**
 * The record.
 */
record: Linked, 
/**
 * Its kind, as the envelope names it.
 */
kind: string, 
/**
 * Who wrote it.
 */
by: Linked, 
/**
 * On which device.
 */
device: string, 
/**
 * When it was signed, Unix milliseconds by that device's clock.
 */
made_ms: number, 
/**
 * When it arrived, Unix milliseconds by the relay's clock.
 */
arrived_ms: number, 
/**
 * Why it waits: its `code` and the data a sentence needs.
 */
reason: ({ code: string } & Record<string, unknown>) | null, 
/**
 * The field that was refused, as a field path prints it.
 */
path: string | null, 
/**
 * How many envelopes of the same device wait behind it.
 */
blocked: number, 
/**
 * What it writes; absent when the record is not here to read it by.
 */
writes: Array<TimelineWrite> | null, };
