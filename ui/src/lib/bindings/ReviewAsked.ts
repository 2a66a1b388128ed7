// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks for a page of the queue.
 */
export type ReviewAsked = { 
/**
 * The envelope the last page ended with; absent for the first page.
 */
after?: string, };
