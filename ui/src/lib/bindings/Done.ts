// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DoneRecord } from "./DoneRecord";

/**
 * What an action wrote: what [`undo::undo`] takes back.
 */
export type Done = { 
/**
 * The records written, each once.
 */
records: Array<DoneRecord>, };
