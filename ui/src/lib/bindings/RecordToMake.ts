// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";
import type { Writes } from "./Writes";

/**
 * A record to make.
 */
export type RecordToMake = { 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * The id the form reserved, so that making it twice is making it once; a new one when absent.
 */
document?: DocumentId, 
/**
 * What it says.
 */
writes: Writes, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
