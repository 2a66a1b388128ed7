// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ConflictSide } from "./ConflictSide";
import type { Decider } from "./Decider";
import type { FieldPath } from "./FieldPath";

/**
 * A place where several values stand until somebody decides.
 */
export type ConflictView = { 
/**
 * Where.
 */
path: FieldPath, 
/**
 * Who decides.
 */
decider: Decider, 
/**
 * Whether this person may.
 */
may_decide: boolean, 
/**
 * The values, the one everybody sees last.
 */
sides: Array<ConflictSide>, };
