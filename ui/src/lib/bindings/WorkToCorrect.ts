// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChangeHash } from "./ChangeHash";
import type { DocumentId } from "./DocumentId";
import type { RowId } from "./RowId";
import type { WorkEntered } from "./WorkEntered";

/**
 * A work row to be corrected.
 */
export type WorkToCorrect = { 
/**
 * The visit.
 */
visit: DocumentId, 
/**
 * The heads the row was read at: what others corrected in it since stays.
 */
seen: Array<ChangeHash>, 
/**
 * The row.
 */
row: RowId, 
/**
 * The work as it should stand there.
 */
work: WorkEntered, 
/**
 * The form that is answered, by its draft's name: the draft is forgotten with what is saved.
 */
form?: string, };
