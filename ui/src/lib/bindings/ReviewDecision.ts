// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * A decision.
 */
export type ReviewDecision = { 
/**
 * The envelope, as the queue names it.
 */
envelope: string, 
/**
 * Whether it is merged.
 */
accept: boolean, 
/**
 * Of a refusal: what the author reads.
 */
answer?: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
