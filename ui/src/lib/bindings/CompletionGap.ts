// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * What a visit lacks to be complete.
 */
export type CompletionGap = { "what": "answers", 
/**
 * The questions.
 */
items: Array<RowId>, } | { "what": "works", 
/**
 * How many kinds.
 */
count: number, } | { "what": "signature" };
