// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { FieldPath } from "./FieldPath";
import type { Linked } from "./Linked";
import type { NamedRow } from "./NamedRow";
import type { WrittenView } from "./WrittenView";

/**
 * One thing written.
 */
export type TimelineWrite = { 
/**
 * Where.
 */
path: FieldPath, 
/**
 * What.
 */
what: WrittenView, 
/**
 * The records the values name.
 */
links: Array<Linked>, 
/**
 * The rows they name.
 */
rows: Array<NamedRow>, };
