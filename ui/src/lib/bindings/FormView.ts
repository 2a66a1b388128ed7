// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { FormRow } from "./FormRow";
import type { Linked } from "./Linked";
import type { RecordHead } from "./RecordHead";
import type { RecordRights } from "./RecordRights";

/**
 * A form as it is opened.
 */
export type FormView = { 
/**
 * The record; of a new one the id it will have.
 */
document: DocumentId, 
/**
 * What the page of the record begins with; absent while it is not made.
 */
head: RecordHead | null, 
/**
 * What this person may write.
 */
rights: RecordRights, 
/**
 * Values by field; empty ones are left out.
 */
values: Record<string, unknown>, 
/**
 * Long texts by field.
 */
texts: { [key in string]: string }, 
/**
 * Standing rows by field.
 */
rows: { [key in string]: Array<FormRow> }, 
/**
 * The records that values name.
 */
links: Array<Linked>, };
