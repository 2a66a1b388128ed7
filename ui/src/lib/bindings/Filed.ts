// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ComplaintLine } from "./ComplaintLine";
import type { DocumentId } from "./DocumentId";
import type { Done } from "./Done";

/**
 * A filed complaint.
 */
export type Filed = { 
/**
 * The complaint.
 */
document: DocumentId, 
/**
 * What was written.
 */
done: Done, 
/**
 * Other complaints on the same object, open or of the last fourteen days: perhaps the same one.
 */
similar: Array<ComplaintLine>, };
