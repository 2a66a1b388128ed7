// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { FieldPath } from "./FieldPath";
import type { ObjectionReason } from "./ObjectionReason";

/**
 * Why an edit should not be saved as it stands, and where.
 */
export type Objection = { 
/**
 * The field, row or column it is about.
 */
path: FieldPath, 
/**
 * What is wrong.
 */
why: ObjectionReason, };
