// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportRefusal } from "./ImportRefusal";

/**
 * A row that was refused, with everything that is wrong with it.
 */
export type ImportRefusedRow = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * The cells as they stand there.
 */
cells: Array<string>, 
/**
 * What is wrong, in the order of the columns.
 */
refusals: Array<ImportRefusal>, };
