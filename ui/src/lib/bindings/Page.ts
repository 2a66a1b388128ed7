// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Cursor } from "./Cursor";

/**
 * Which page of a list.
 */
export type Page = { 
/**
 * The last row of the page before; none for the first page.
 */
after: Cursor | null, 
/**
 * How many rows, at most [`MAX_LIMIT`].
 */
limit: number, };
