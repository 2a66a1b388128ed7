// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Kind } from "./Kind";
import type { ViewOfJournal } from "./ViewOfJournal";

/**
 * A view to keep: a new one, or one that is there with another name or look.
 */
export type ViewToKeep = { 
/**
 * The kind of record the journal lists.
 */
kind: Kind, 
/**
 * The view.
 */
view: ViewOfJournal, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
