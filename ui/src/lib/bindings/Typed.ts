// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What was typed to open the profile: the PIN or the passphrase.
 */
export type Typed = { 
/**
 * The PIN or the passphrase.
 */
secret: string, };
