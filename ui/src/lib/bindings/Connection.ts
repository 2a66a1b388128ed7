// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { SyncTrouble } from "./SyncTrouble";

/**
 * What goes on between this device and the office.
 */
export type Connection = { "is": "off" } | { "is": "awaiting_confirmation" } | { "is": "in_step" } | { "is": "sending" } | { "is": "receiving" } | { "is": "comparing" } | { "is": "waiting", 
/**
 * When, Unix milliseconds by this device's clock.
 */
until_ms: number, 
/**
 * Why.
 */
trouble: SyncTrouble, } | { "is": "revoked" } | { "is": "failed" };
