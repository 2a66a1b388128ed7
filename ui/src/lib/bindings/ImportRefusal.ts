// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";
import type { ImportReason } from "./ImportReason";

/**
 * One thing that is wrong with a row.
 */
export type ImportRefusal = { 
/**
 * The column it is about; `None` when it is about the whole row.
 */
column: ImportColumn | null, 
/**
 * What is wrong.
 */
reason: ImportReason, };
