// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { FieldPath } from "./FieldPath";

/**
 * A wish for a field that others write.
 */
export type Wish = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * The field or column.
 */
path: FieldPath, 
/**
 * The value wanted there, as a form has it.
 */
value: unknown, 
/**
 * Why.
 */
why: string, };
