// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ReviewLine } from "./ReviewLine";

/**
 * A page of the queue, oldest first.
 */
export type ReviewPage = { 
/**
 * What waits.
 */
items: Array<ReviewLine>, 
/**
 * What to ask for next; absent at the end.
 */
next: string | null, };
