// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DocumentId } from "./DocumentId";
import type { SqlValue } from "./SqlValue";

/**
 * The last row of a page: the values it was sorted by, and its id. It survives edits: rows that
 * moved before it are not shown again, rows that moved behind it are.
 */
export type Cursor = { keys: Array<SqlValue>, document: DocumentId, };
