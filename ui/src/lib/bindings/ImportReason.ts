// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Miswritten } from "./Miswritten";

/**
 * What can be wrong with a row.
 */
export type ImportReason = { "why": "no_customer" } | { "why": "miswritten" } & Miswritten | { "why": "not_a_date" } | { "why": "not_coordinates" } | { "why": "not_a_status" } | { "why": "too_long", 
/**
 * The most it takes.
 */
most: number, } | { "why": "warranty_before_installation" } | { "why": "equipment_unnamed" } | { "why": "several_customers", 
/**
 * What they are called.
 */
candidates: Array<string>, } | { "why": "phone_of_another", 
/**
 * What that customer is called.
 */
customer: string, } | { "why": "serial_of_another", 
/**
 * What that customer is called.
 */
customer: string, } | { "why": "no_heading", 
/**
 * What the cell says.
 */
text: string, } | { "why": "open_quote" } | { "why": "behind_open_quote", 
/**
 * The line of the quote.
 */
line: number, } | { "why": "long_cell", 
/**
 * Its heading, or its number where it has none.
 */
column: string, 
/**
 * The most characters of a cell.
 */
most: number, } | { "why": "failed_formula", 
/**
 * What the spreadsheet shows.
 */
text: string, } | { "why": "serial_in_line", 
/**
 * The other row's line.
 */
line: number, };
