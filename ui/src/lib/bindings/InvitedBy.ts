// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * How an invitation was brought.
 */
export type InvitedBy = { "link": string } | { "hand": { 
/**
 * Where the relay is: `https://name:port`.
 */
relay: string, 
/**
 * The code.
 */
code: string, } };
