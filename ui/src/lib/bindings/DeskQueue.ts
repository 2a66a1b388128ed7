// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RecordHead } from "./RecordHead";

/**
 * What waits here.
 */
export type DeskQueue = { 
/**
 * The records with something to decide or to look at; of each kind those with conflicts first.
 */
records: Array<RecordHead>, 
/**
 * How many more there are.
 */
more: number, };
