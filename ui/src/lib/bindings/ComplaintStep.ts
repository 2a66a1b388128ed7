// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ComplaintAct } from "./ComplaintAct";
import type { DocumentId } from "./DocumentId";

/**
 * A step of a complaint.
 */
export type ComplaintStep = { 
/**
 * The complaint.
 */
complaint: DocumentId, 
/**
 * The step.
 */
act: ComplaintAct, 
/**
 * Why: of a rejection, a reopening.
 */
reason?: string, 
/**
 * Of a customer's answer: the mark, 1 to 5.
 */
mark?: number, 
/**
 * Of a customer's answer: the words.
 */
comment?: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
