// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * A long text that was edited.
 */
export type TextEdited = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The field.
 */
field: string, 
/**
 * The heads the text was read at: of the page, or of the last save of this box.
 */
base_heads: Array<string>, 
/**
 * What was on the screen when typing began.
 */
base_text: string, 
/**
 * What the person left there.
 */
new_text: string, };
