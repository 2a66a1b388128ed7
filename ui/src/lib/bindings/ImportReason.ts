// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Miswritten } from "./Miswritten";

/**
 * What can be wrong with a row.
 */
export type ImportReason = { "reason": "no_customer" } | { "reason": "miswritten" } & Miswritten | { "reason": "not_a_date" } | { "reason": "not_coordinates" } | { "reason": "not_a_status" } | { "reason": "too_long", 
/**
 * The most it takes.
 */
most: number, } | { "reason": "warranty_before_installation" } | { "reason": "equipment_unnamed" } | { "reason": "several_customers", 
/**
 * What they are called.
 */
candidates: Array<string>, } | { "reason": "phone_of_another", 
/**
 * What that customer is called.
 */
customer: string, } | { "reason": "serial_of_another", 
/**
 * What that customer is called.
 */
customer: string, } | { "reason": "no_heading", 
/**
 * What the cell says.
 */
text: string, } | { "reason": "open_quote" } | { "reason": "behind_open_quote", 
/**
 * The line of the quote.
 */
line: number, } | { "reason": "failed_formula", 
/**
 * What the spreadsheet shows.
 */
text: string, } | { "reason": "serial_in_line", 
/**
 * The other row's line.
 */
line: number, };
