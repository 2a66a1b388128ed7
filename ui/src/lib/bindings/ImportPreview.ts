// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportDifference } from "./ImportDifference";
import type { ImportLeftOut } from "./ImportLeftOut";
import type { ImportLine } from "./ImportLine";
import type { ImportRefusedRow } from "./ImportRefusedRow";
import type { ImportTally } from "./ImportTally";

/**
 * What the file comes to.
 */
export type ImportPreview = { 
/**
 * Customers.
 */
customers: ImportTally, 
/**
 * Addresses of customers.
 */
addresses: ImportTally, 
/**
 * Contact persons.
 */
contacts: ImportTally, 
/**
 * Equipment.
 */
equipment: ImportTally, 
/**
 * What each row that is taken does, in the file's order.
 */
lines: Array<ImportLine>, 
/**
 * Cells that say otherwise than what stands already. What stands is kept.
 */
differs: Array<ImportDifference>, 
/**
 * Cells that name something nobody knows. The rest of their rows is taken.
 */
left_out: Array<ImportLeftOut>, 
/**
 * Rows that are not taken.
 */
refused: Array<ImportRefusedRow>, 
/**
 * Headers of columns nothing is known about.
 */
unknown_columns: Array<string>, };
