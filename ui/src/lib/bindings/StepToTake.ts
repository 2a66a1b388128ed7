// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Instant } from "./Instant";
import type { VisitAct } from "./VisitAct";

/**
 * A step of a visit to be taken.
 */
export type StepToTake = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * The step.
 */
act: VisitAct, 
/**
 * Why; some steps say nothing without it.
 */
reason?: string, 
/**
 * When it happened, when that was not now.
 */
at?: Instant, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
