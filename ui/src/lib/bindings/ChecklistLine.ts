// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AnswerKind } from "./AnswerKind";
import type { AnswerView } from "./AnswerView";
import type { Linked } from "./Linked";
import type { RowId } from "./RowId";

/**
 * A question and what stands there.
 */
export type ChecklistLine = { 
/**
 * The question's row in the template.
 */
item: RowId, 
/**
 * The question.
 */
text: string, 
/**
 * What an answer is.
 */
answer_kind: AnswerKind | null, 
/**
 * Whether the visit cannot be completed without one.
 */
required: boolean, 
/**
 * The answers to choose from.
 */
choices: Array<string>, 
/**
 * The unit of a number.
 */
unit: Linked | null, 
/**
 * The smallest number that is all right, a canonical decimal.
 */
minimum: string | null, 
/**
 * The largest number that is all right, a canonical decimal.
 */
maximum: string | null, 
/**
 * What stands there; the last born of several that differ.
 */
answer: AnswerView | null, 
/**
 * Answers given at the same time that differ, that one among them; empty when nobody disagrees.
 */
disputed: Array<AnswerView>, };
