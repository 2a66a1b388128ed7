// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowAdd } from "./RowAdd";
import type { RowCorrect } from "./RowCorrect";
import type { RowWithdraw } from "./RowWithdraw";
import type { TextWrite } from "./TextWrite";

/**
 * What a form writes to one record.
 */
export type Writes = { 
/**
 * Fields to set, by name; `null` clears one.
 */
set: Record<string, unknown>, 
/**
 * Texts to write, each over what it was opened at.
 */
texts: Array<TextWrite>, 
/**
 * Rows and events to add.
 */
add: Array<RowAdd>, 
/**
 * Columns of rows to correct.
 */
correct: Array<RowCorrect>, 
/**
 * Rows that should no longer count.
 */
withdraw: Array<RowWithdraw>, };
