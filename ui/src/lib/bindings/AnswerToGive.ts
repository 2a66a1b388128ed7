// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { RowId } from "./RowId";

/**
 * An answer to a question of the checklist.
 */
export type AnswerToGive = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * The question's row in the template.
 */
item: RowId, 
/**
 * The answer: `yes`, `no`, `n/a`, a decimal, a line, a choice, a photo's hash; absent to take the
 * answer back.
 */
answer: string | null, };
