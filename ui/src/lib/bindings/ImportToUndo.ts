// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks to take an import back.
 */
export type ImportToUndo = { 
/**
 * Which; the last that was not taken back without.
 */
name?: string, 
/**
 * Why; it stands in every record that is withdrawn.
 */
why: string, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
