// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";

/**
 * A found record, with what tells it from others of its kind.
 */
export type Found = { 
/**
 * The record.
 */
link: Linked, 
/**
 * For whom it is, of objects and work.
 */
customer: Linked | null, 
/**
 * On what, of work.
 */
equipment: Linked | null, 
/**
 * When a visit is planned, when a complaint came.
 */
at: Instant | null, 
/**
 * Whether it no longer counts: made by mistake, or a duplicate of another.
 */
withdrawn: boolean, };
