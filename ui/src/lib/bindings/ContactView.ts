// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { RowId } from "./RowId";

/**
 * A person to talk to.
 */
export type ContactView = { 
/**
 * Their row in the customer.
 */
row: RowId, 
/**
 * Surname, given name, patronymic.
 */
name: string, 
/**
 * Given name and patronymic as one addresses the person.
 */
vocative: string | null, 
/**
 * Position.
 */
position: string | null, 
/**
 * Phones.
 */
phones: Array<string>, 
/**
 * E-mail addresses.
 */
emails: Array<string>, };
