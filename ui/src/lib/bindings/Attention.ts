// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { CardAct } from "./CardAct";
import type { CardState } from "./CardState";
import type { ComplaintAct } from "./ComplaintAct";
import type { ComplaintState } from "./ComplaintState";
import type { Decider } from "./Decider";
import type { DocumentId } from "./DocumentId";
import type { FieldPath } from "./FieldPath";
import type { Missing } from "./Missing";
import type { RowId } from "./RowId";
import type { VisitAct } from "./VisitAct";
import type { VisitState } from "./VisitState";

/**
 * Something to look at.
 */
export type Attention = { "what": "needs_decision", 
/**
 * Where.
 */
path: FieldPath, 
/**
 * Who decides.
 */
decider: Decider, } | { "what": "answers_differ", 
/**
 * The item of the checklist.
 */
item: RowId, 
/**
 * The answers.
 */
answers: Array<RowId>, } | { "what": "unreadable", 
/**
 * Where.
 */
path: FieldPath, } | { "what": "work_on_cancelled", 
/**
 * Who worked.
 */
people: Array<DocumentId>, } | { "what": "double_visit", 
/**
 * Everybody who worked.
 */
people: Array<DocumentId>, 
/**
 * Those of them who were not to go.
 */
unplanned: Array<DocumentId>, } | { "what": "late_facts", 
/**
 * How many.
 */
count: number, 
/**
 * Those known by name: born after the office's event. Others came from devices that had not
 * heard of it.
 */
rows: Array<RowId>, } | { "what": "completed_unanswered", 
/**
 * The items of the checklist.
 */
items: Array<RowId>, } | { "what": "out_of_bounds", 
/**
 * The items of the checklist.
 */
items: Array<RowId>, } | { "what": "visit_out_of_order", 
/**
 * The event.
 */
event: RowId, 
/**
 * What it says.
 */
act: VisitAct, 
/**
 * The state it met.
 */
state: VisitState, } | { "what": "card_out_of_order", 
/**
 * The event.
 */
event: RowId, 
/**
 * What it says.
 */
act: CardAct, 
/**
 * The state it met.
 */
state: CardState, } | { "what": "complaint_out_of_order", 
/**
 * The event.
 */
event: RowId, 
/**
 * What it says.
 */
act: ComplaintAct, 
/**
 * The state it met.
 */
state: ComplaintState, } | { "what": "closed_too_early", 
/**
 * What it lacks.
 */
missing: Array<Missing>, };
