// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Notice } from "./Notice";

/**
 * Something that was told.
 */
export type NoticeLine = { 
/**
 * What.
 */
notice: Notice, 
/**
 * When, by this device's clock, Unix milliseconds.
 */
told_ms: number, 
/**
 * Nobody has looked at the list since.
 */
is_new: boolean, };
