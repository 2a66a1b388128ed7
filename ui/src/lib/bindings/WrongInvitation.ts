// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What is wrong with an invitation.
 */
export type WrongInvitation = "link" | "address" | "plain_address" | "pin" | "code";
