// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Direction } from "./Direction";
import type { Nulls } from "./Nulls";

/**
 * A column to sort by.
 */
export type SortKey = { 
/**
 * The column. Texts sort in the order of the Ukrainian alphabet, decimals by size.
 */
column: string, 
/**
 * Which way.
 */
direction: Direction, 
/**
 * Where rows without a value stand.
 */
nulls: Nulls, };
