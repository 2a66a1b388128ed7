// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { FieldPath } from "./FieldPath";
import type { Scalar } from "./Scalar";

/**
 * A conflict to decide.
 */
export type ConflictToDecide = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Where.
 */
path: FieldPath, 
/**
 * The value that holds: one of those that stand there, or another.
 */
value: Scalar, };
