// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AnswerKind } from "./AnswerKind";
import type { RowId } from "./RowId";

/**
 * A row that a value names.
 */
export type NamedRow = { 
/**
 * The row.
 */
row: RowId, 
/**
 * What it is called; empty when it is not here.
 */
name: string, 
/**
 * Of a question of a checklist: what an answer is.
 */
answer_kind?: AnswerKind, };
