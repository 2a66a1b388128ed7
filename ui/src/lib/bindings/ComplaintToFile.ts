// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { Writes } from "./Writes";

/**
 * A complaint to file.
 */
export type ComplaintToFile = { 
/**
 * The visit it is filed from: it gives the customer, the object and the card.
 */
visit?: DocumentId, 
/**
 * The id the form reserved, so that filing it twice is filing it once.
 */
document?: DocumentId, 
/**
 * What the form says; it stands above what the visit gives.
 */
writes: Writes, };
