// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { EnteredView } from "./EnteredView";
import type { Kind } from "./Kind";
import type { Linked } from "./Linked";
import type { RefusedOutcome } from "./RefusedOutcome";

/**
 * Work the office did not accept.
 */
export type RefusedWork = { 
/**
 * What [`put_away`] and [`put_back`] take.
 */
envelope: string, 
/**
 * The record.
 */
link: Linked, 
/**
 * Its kind, as it was when it was written; the record may be gone.
 */
kind: Kind | null, 
/**
 * What became of it.
 */
outcome: RefusedOutcome, 
/**
 * The office's reason: its `code` and the data a sentence needs.
 */
reason: ({ code: string } & Record<string, unknown>) | null, 
/**
 * The field that was refused, as a field path prints it.
 */
path: string | null, 
/**
 * When the office said so, Unix milliseconds by the relay's clock.
 */
arrived_ms: number, 
/**
 * Who decided, when a person did.
 */
by: Linked | null, 
/**
 * What was entered, each with what stood there before.
 */
entered: Array<EnteredView>, };
