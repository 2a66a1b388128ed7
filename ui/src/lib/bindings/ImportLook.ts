// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportPreview } from "./ImportPreview";

/**
 * What an import will do.
 */
export type ImportLook = { 
/**
 * The header of the file.
 */
header: Array<string>, 
/**
 * Of an Excel file, the sheet that is read.
 */
sheet: string | null, 
/**
 * Its other sheets, which are not.
 */
other_sheets: Array<string>, 
/**
 * What becomes of its rows.
 */
preview: ImportPreview, };
