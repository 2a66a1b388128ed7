// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";

/**
 * Asks for complaints that may be the same one.
 */
export type SameObject = { 
/**
 * The object.
 */
equipment: DocumentId, };
