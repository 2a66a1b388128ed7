// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { Objection } from "./Objection";

/**
 * What is said about it.
 */
export type FormChecked = { 
/**
 * What speaks against saving it.
 */
objections: Array<Objection>, 
/**
 * Of a new record: records that may be the same.
 */
alike: Array<Linked>, };
