// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { LockedBy } from "./LockedBy";
import type { Unopenable } from "./Unopenable";

/**
 * Where a profile is in its life.
 */
export type Stage = { "is": "new", 
/**
 * Whether a PIN is enough. Without an unlocked keyring it is not, and a passphrase is asked for.
 */
pin: boolean, 
/**
 * True when a PIN or passphrase was chosen already: only the relay and the code are missing.
 */
protected: boolean, } | { "is": "locked", 
/**
 * What opens it.
 */
by: LockedBy, 
/**
 * Wrong tries since the last right one.
 */
wrong_tries: number, 
/**
 * How long the next try has to wait, in milliseconds.
 */
wait_ms: number, } | { "is": "unopenable", 
/**
 * Why.
 */
why: Unopenable, } | { "is": "awaiting_confirmation", 
/**
 * The organisation.
 */
organisation: string, 
/**
 * The six digits that IT sees too.
 */
fingerprint: string, } | { "is": "first_sync", 
/**
 * The organisation.
 */
organisation: string, 
/**
 * Records here so far.
 */
records: number, 
/**
 * True once the first page is here: it holds today's work, which can be done.
 */
usable: boolean, } | { "is": "open", 
/**
 * The organisation.
 */
organisation: string, 
/**
 * Whose device this is.
 */
employee: DocumentId, 
/**
 * Whether it can be locked: something has to be typed to open it again.
 */
guarded: boolean, } | { "is": "removed", 
/**
 * The organisation.
 */
organisation: string, };
