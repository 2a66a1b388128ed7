// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { FieldPath } from "./FieldPath";
import type { RefusalReason } from "./RefusalReason";

/**
 * A write that is not allowed, and where.
 */
export type Refusal = { 
/**
 * The place that was written.
 */
path: FieldPath, 
/**
 * Why not.
 */
reason: RefusalReason, };
