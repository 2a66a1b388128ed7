// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What is wrong with a text that should be a code, a phone or an address.
 */
export type Miswritten = { "reason": "wrong_length", 
/**
 * How many digits stand there.
 */
found: number, 
/**
 * How many may: `8 or 10`.
 */
expected: string, } | { "reason": "not_digits" } | { "reason": "control_digit" } | { "reason": "not_an_iban" } | { "reason": "not_a_phone", 
/**
 * What stands there, at most 40 characters of it.
 */
text: string, } | { "reason": "not_an_email", 
/**
 * What stands there, at most 80 characters of it.
 */
text: string, };
