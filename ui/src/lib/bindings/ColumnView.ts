// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ColumnHolds } from "./ColumnHolds";

/**
 * A column that journals of a kind may show.
 */
export type ColumnView = { 
/**
 * Its name in a query.
 */
name: string, 
/**
 * What stands there.
 */
holds: ColumnHolds, 
/**
 * Of a link or a list of links: the kind of record named; it may be one of a newer version.
 */
links_to: string | null, 
/**
 * Of a choice: its names.
 */
choices: Array<string>, 
/**
 * Whether an index serves this order, so that it is instant however long the journal is.
 */
sorts_by_index: boolean, 
/**
 * The column that adds up instead, when this one can be added up.
 */
sum: string | null, 
/**
 * Whether it may make groups.
 */
groups: boolean, 
/**
 * The field to edit in the row; absent for what is derived.
 */
field: string | null, };
