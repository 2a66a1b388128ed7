// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Ability } from "./Ability";
import type { Decider } from "./Decider";
import type { Group } from "./Group";

/**
 * Why a write is not allowed.
 */
export type RefusalReason = { "code": "out_of_sight" } | { "code": "not_yours_to_make" } | { "code": "not_yours", 
/**
 * The groups it belongs to.
 */
owners: Array<Group>, } | { "code": "relay_only" } | { "code": "birth_only" } | { "code": "author_missing" } | { "code": "anothers_row" } | { "code": "anothers_name" } | { "code": "not_yours_to_decide", 
/**
 * Who decides.
 */
decider: Decider, } | { "code": "needs_ability", 
/**
 * The ability.
 */
ability: Ability, } | { "code": "not_canonical", 
/**
 * What was expected, in English.
 */
expected: string, } | { "code": "row_exists" } | { "code": "no_such_row" } | { "code": "fixed" } | { "code": "foreign", 
/**
 * What it does.
 */
what: string, } | { "code": "newer_schema" };
