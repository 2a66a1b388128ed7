// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Intent } from "./Intent";
import type { Linked } from "./Linked";
import type { NamedRow } from "./NamedRow";
import type { Scalar } from "./Scalar";

/**
 * One thing entered.
 */
export type EnteredView = { 
/**
 * What was meant.
 */
intent: Intent, 
/**
 * The values that stood there; several in conflict, none where a row was added or a text stood.
 */
before: Array<Scalar>, 
/**
 * The text that stood there.
 */
before_text: string | null, 
/**
 * The records the values name.
 */
links: Array<Linked>, 
/**
 * The rows they name.
 */
rows: Array<NamedRow>, };
