// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";
import type { ImportEncoding } from "./ImportEncoding";
import type { ImportSeparator } from "./ImportSeparator";

/**
 * How a person says that a file is to be read, where guessing was not right.
 */
export type ImportReading = { 
/**
 * The sheet of an Excel file; the first that is not empty without.
 */
sheet?: string, 
/**
 * The letters of a CSV file.
 */
encoding?: ImportEncoding, 
/**
 * What separates the cells of a CSV file.
 */
separator?: ImportSeparator, 
/**
 * What each column holds, in the file's order; nothing for one that is not taken.
 */
columns?: Array<ImportColumn | null>, };
