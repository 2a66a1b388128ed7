// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Refusal } from "./Refusal";

/**
 * What this person may write in a record.
 */
export type RecordRights = { 
/**
 * False before the first sync: everything is offered then, and the office judges.
 */
known: boolean, 
/**
 * The fields that may be edited, or added to.
 */
fields: Array<string>, 
/**
 * Why each other field may not.
 */
refusals: { [key in string]: Refusal }, };
