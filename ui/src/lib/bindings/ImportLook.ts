// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumnView } from "./ImportColumnView";
import type { ImportCounts } from "./ImportCounts";
import type { ImportEncoding } from "./ImportEncoding";
import type { ImportPreview } from "./ImportPreview";
import type { ImportSeparator } from "./ImportSeparator";
import type { Refusal } from "./Refusal";

/**
 * What an import will do.
 */
export type ImportLook = { 
/**
 * Of an Excel file, the sheet that was read.
 */
sheet: string | null, 
/**
 * Its other sheets, which were not.
 */
other_sheets: Array<string>, 
/**
 * Of a CSV file, its letters.
 */
encoding: ImportEncoding | null, 
/**
 * Of a CSV file, what separates its cells.
 */
separator: ImportSeparator | null, 
/**
 * The columns, in the file's order.
 */
columns: Array<ImportColumnView>, 
/**
 * How many rows there are below the header.
 */
rows: number, 
/**
 * How many records would be made or written in.
 */
records: number, 
/**
 * Why nobody of this person's role may do it; absent when they may.
 */
refusal: Refusal | null, 
/**
 * What becomes of the rows. Of each list the first [`MOST_SHOWN`] are given, of a long text the beginning.
 */
preview: ImportPreview, 
/**
 * How many of each list there are.
 */
counts: ImportCounts, };
