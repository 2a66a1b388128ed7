// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * A view to forget.
 */
export type ViewToForget = { 
/**
 * The kind of record the journal lists.
 */
kind: Kind, 
/**
 * The view.
 */
id: DocumentId, };
