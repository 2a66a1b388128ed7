// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangedRecord } from "./ChangedRecord";
import type { Origin } from "./Origin";

/**
 * Records that changed together.
 */
export type Changed = { 
/**
 * The records.
 */
records: Array<ChangedRecord>, 
/**
 * Who changed them.
 */
origin: Origin, };
