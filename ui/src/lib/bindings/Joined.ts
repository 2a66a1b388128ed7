// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How far the device is.
 */
export type Joined = { 
/**
 * The organisation's name.
 */
organisation: string, 
/**
 * The digits that this screen and the administrator's show alike.
 */
fingerprint: string, 
/**
 * Whether IT has to confirm the device first.
 */
awaits_confirmation: boolean, };
