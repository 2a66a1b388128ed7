// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * Asks for a photo.
 */
export type PhotoAsked = { 
/**
 * Its name: the SHA-256 of its content, 64 hexadecimal digits.
 */
sha256: string, 
/**
 * Whether the small picture is enough.
 */
small: boolean, };
