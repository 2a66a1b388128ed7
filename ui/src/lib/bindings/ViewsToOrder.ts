// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Kind } from "./Kind";

/**
 * The views of a journal in another order.
 */
export type ViewsToOrder = { 
/**
 * The kind of record the journal lists.
 */
kind: Kind, 
/**
 * The views in their new order; those left out stand behind.
 */
ids: Array<DocumentId>, };
