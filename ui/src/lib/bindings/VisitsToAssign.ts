// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * Visits to be given to others.
 */
export type VisitsToAssign = { 
/**
 * The visits.
 */
visits: Array<DocumentId>, 
/**
 * Who is to go from now on.
 */
specialists: Array<DocumentId>, 
/**
 * Whether they are sent to them at once; else they stay planned.
 */
dispatch: boolean, };
