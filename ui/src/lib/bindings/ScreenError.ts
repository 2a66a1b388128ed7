// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { FieldPath } from "./FieldPath";
import type { FileTrouble } from "./FileTrouble";
import type { Kind } from "./Kind";
import type { Linked } from "./Linked";
import type { Objection } from "./Objection";
import type { Refusal } from "./Refusal";
import type { RelayTrouble } from "./RelayTrouble";
import type { StorageTrouble } from "./StorageTrouble";
import type { WrongInvitation } from "./WrongInvitation";

/**
 * A question or an action failed. Nothing was changed.
 */
export type ScreenError = { "code": "not_enrolled" } | { "code": "already_enrolled" } | { "code": "not_now" } | { "code": "profile_closed" } | { "code": "too_short", 
/**
 * The least number of characters.
 */
least: number, } | { "code": "wrong_secret" } | { "code": "too_many_tries", 
/**
 * How long, in milliseconds.
 */
wait_ms: number, } | { "code": "no_keyring" } | { "code": "wrong_invitation", 
/**
 * What is wrong with it.
 */
what: WrongInvitation, } | { "code": "no_such_record", 
/**
 * The record asked for.
 */
document: DocumentId, } | { "code": "another_kind", 
/**
 * The record asked for.
 */
document: DocumentId, 
/**
 * The kind it is of.
 */
kind: Kind, } | { "code": "no_longer_counts", 
/**
 * The record.
 */
document: DocumentId, } | { "code": "cannot_open", 
/**
 * The document.
 */
document: DocumentId, } | { "code": "not_made_yet", 
/**
 * The record.
 */
document: DocumentId, } | { "code": "not_allowed", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Where and why.
 */
refusal: Refusal, } | { "code": "objected", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Everything that speaks against it, never empty.
 */
objections: Array<Objection>, } | { "code": "wrong_value", 
/**
 * Where, as a field path prints it.
 */
path: string, 
/**
 * What was expected, in English, for support.
 */
expected: string | null, } | { "code": "too_long", 
/**
 * Where, as a field path prints it.
 */
path: string, } | { "code": "too_much" } | { "code": "required", 
/**
 * The field.
 */
field: string, } | { "code": "photo_too_large", 
/**
 * The most it may have.
 */
most_bytes: number, } | { "code": "file", 
/**
 * What is wrong with it.
 */
trouble: FileTrouble, } | { "code": "nothing_to_undo" } | { "code": "import_unreadable" } | { "code": "changed_since", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Where.
 */
path: FieldPath, } | { "code": "in_conflict", 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Where.
 */
path: FieldPath, } | { "code": "not_in_conflict", 
/**
 * Where.
 */
path: FieldPath, } | { "code": "already_decided", 
/**
 * Who decided; absent when the relay does not say.
 */
by: Linked | null, 
/**
 * When, Unix milliseconds.
 */
at_ms: number, 
/**
 * Whether it was accepted.
 */
accepted: boolean, } | { "code": "contended", 
/**
 * The record.
 */
document: DocumentId, } | { "code": "storage", 
/**
 * What is wrong.
 */
trouble: StorageTrouble, } | { "code": "relay", 
/**
 * What is wrong.
 */
trouble: RelayTrouble, } | { "code": "wrong_list", 
/**
 * What is wrong, in English, for support.
 */
detail: string, } | { "code": "wrong_question", 
/**
 * What is wrong, in English, for support.
 */
detail: string, } | { "code": "unexpected", 
/**
 * What happened, in English, for support.
 */
detail: string, };
