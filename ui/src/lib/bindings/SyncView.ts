// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Connection } from "./Connection";
import type { StorageTrouble } from "./StorageTrouble";

/**
 * How the device stands with its relay.
 */
export type SyncView = { 
/**
 * The organisation, once enrolled.
 */
organisation: string | null, 
/**
 * Where the relay is.
 */
relay_url: string | null, 
/**
 * Own changes the office has not answered for.
 */
unsent: number, 
/**
 * Photos that are on this device and nowhere else.
 */
photos_only_here: number, 
/**
 * Refused work nobody has put away.
 */
not_accepted: number, 
/**
 * Records here in which values or answers wait for a decision.
 */
undecided: number, 
/**
 * Records here with wishes nobody has answered.
 */
wishes: number, 
/**
 * Refused work of others that waits at the office for this person to review, as was heard last.
 */
to_review: number, 
/**
 * When everything was in step last, Unix milliseconds by the relay's clock; absent until the first
 * sync is complete.
 */
last_full_sync_ms: number | null, 
/**
 * What to add to this device's clock to get the relay's, in milliseconds.
 */
clock_offset_ms: number, 
/**
 * Why nothing can be saved any more, when that is so.
 */
stopped: StorageTrouble | null, 
/**
 * What goes on between this device and the office.
 */
connection: Connection, };
