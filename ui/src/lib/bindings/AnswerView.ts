// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";

/**
 * An answer.
 */
export type AnswerView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * The answer in canonical text: `yes`, `no`, `n/a`, a decimal, a line, a choice, a photo's hash.
 */
answer: string | null, 
/**
 * A remark.
 */
note: string | null, 
/**
 * Who answered.
 */
by: Linked | null, 
/**
 * When.
 */
at: Instant | null, };
