// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { InvitedBy } from "./InvitedBy";

/**
 * An invitation, as a person brings it.
 */
export type Invitation = { 
/**
 * How it was brought.
 */
by: InvitedBy, 
/**
 * What this device is to be called: «планшет ПЛ-07».
 */
device_name: string, };
