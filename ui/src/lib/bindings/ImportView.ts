// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";

/**
 * An import that happened.
 */
export type ImportView = { 
/**
 * What [`undo_import`] takes.
 */
name: string, 
/**
 * What the file was called.
 */
file: string, 
/**
 * When.
 */
at: Instant, 
/**
 * Whether it was taken back.
 */
is_undone: boolean, 
/**
 * Records it made.
 */
made: number, 
/**
 * Records that were there and got values they lacked.
 */
completed: number, };
