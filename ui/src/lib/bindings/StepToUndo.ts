// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * A visit whose last step is to be taken back.
 */
export type StepToUndo = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * Why.
 */
why?: string, };
