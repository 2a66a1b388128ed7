// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ListQuery } from "./ListQuery";

/**
 * Asks for the groups of a journal.
 */
export type GroupsAsked = { 
/**
 * The journal; its columns, order and page do not matter.
 */
query: ListQuery, 
/**
 * The column whose values make the groups.
 */
by: string, 
/**
 * Columns to add up in each group.
 */
sums: Array<string>, };
