// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks to take the last import back.
 */
export type ImportToUndo = { 
/**
 * Why; it stands in every record that is withdrawn.
 */
why: string, };
