// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { InvitedBy } from "./InvitedBy";
import type { ProtectBy } from "./ProtectBy";

/**
 * What a person brings to the first start.
 */
export type FirstStart = { 
/**
 * How the invitation was brought.
 */
by: InvitedBy, 
/**
 * The relay's pin, once the person has compared what a refusal showed with the administrator's screen; it
 * counts where the invitation itself brings none.
 */
compared_pin?: string, 
/**
 * What this device is to be called: «планшет ПЛ-07».
 */
device_name: string, 
/**
 * What the data is to be protected by; looked at only where nothing protects it yet.
 */
protect: ProtectBy, };
