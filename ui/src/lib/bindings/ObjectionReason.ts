// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardAct } from "./CardAct";
import type { CardState } from "./CardState";
import type { ComplaintAct } from "./ComplaintAct";
import type { ComplaintState } from "./ComplaintState";
import type { DocumentId } from "./DocumentId";
import type { Instant } from "./Instant";
import type { Missing } from "./Missing";
import type { Miswritten } from "./Miswritten";
import type { RowId } from "./RowId";
import type { VisitAct } from "./VisitAct";
import type { VisitState } from "./VisitState";

/**
 * What is wrong with an edit.
 */
export type ObjectionReason = { "code": "miswritten" } & Miswritten | { "code": "negative" } | { "code": "not_positive" } | { "code": "above_hundred" } | { "code": "too_large", 
/**
 * The most it may be.
 */
most: number, } | { "code": "not_a_repetition", 
/**
 * What the reader of such rules says, in English.
 */
problem: string, } | { "code": "bounds_crossed" } | { "code": "merged_in_circle" } | { "code": "merged_into_withdrawn", 
/**
 * That record.
 */
into: DocumentId, } | { "code": "ends_before_start" } | { "code": "in_future" } | { "code": "no_choices" } | { "code": "answer_unfit" } | { "code": "nameless" } | { "code": "administrator_keeps" } | { "code": "about_nothing" } | { "code": "code_taken", 
/**
 * That customer.
 */
by: DocumentId, } | { "code": "already_answered", 
/**
 * What the answer was.
 */
accepted: boolean, 
/**
 * Who gave it.
 */
by: DocumentId, 
/**
 * When, by that person's clock.
 */
at: Instant, } | { "code": "reason_missing" } | { "code": "visit_step", 
/**
 * The step.
 */
act: VisitAct, 
/**
 * The state.
 */
state: VisitState, } | { "code": "not_begun", 
/**
 * The step.
 */
act: VisitAct, } | { "code": "card_step", 
/**
 * The step.
 */
act: CardAct, 
/**
 * The state.
 */
state: CardState, } | { "code": "complaint_step", 
/**
 * The step.
 */
act: ComplaintAct, 
/**
 * The state.
 */
state: ComplaintState, } | { "code": "not_closable", 
/**
 * What is missing.
 */
missing: Array<Missing>, } | { "code": "unanswered", 
/**
 * The items, rows of the checklist.
 */
items: Array<RowId>, };
