// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";

/**
 * An import that was done.
 */
export type Imported = { 
/**
 * What the file was called.
 */
file: string, 
/**
 * When.
 */
at: Instant, 
/**
 * Records it made or wrote in.
 */
records: number, 
/**
 * Rows that were not taken.
 */
refused: number, };
