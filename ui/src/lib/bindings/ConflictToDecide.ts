// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
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
 * The heads the values were shown at: one that came since is not decided over.
 */
seen: Array<ChangeHash>, 
/**
 * The value that holds: one of those that stand there, or another.
 */
value: Scalar, };
