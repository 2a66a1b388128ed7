// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What became of what was decided.
 */
export type Decided = { 
/**
 * How many envelopes got an answer: the decided one and those that waited behind it.
 */
answered: number, };
