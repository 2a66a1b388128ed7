// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { FieldPath } from "./FieldPath";
import type { RowId } from "./RowId";
import type { Scalar } from "./Scalar";

/**
 * One thing a person did to a record.
 */
export type Intent = { "do": "set", 
/**
 * Where.
 */
path: FieldPath, 
/**
 * The new value, canonical.
 */
value: Scalar, } | { "do": "edit_text", 
/**
 * The root field.
 */
field: string, 
/**
 * The heads the text was read at, 32 bytes each in hexadecimal, sorted.
 */
base_heads: Array<string>, 
/**
 * What was on the screen when typing began.
 */
base_text: string, 
/**
 * What the person left there.
 */
new_text: string, } | { "do": "add_row", 
/**
 * The root field.
 */
field: string, 
/**
 * The new row's id.
 */
row: RowId, 
/**
 * Its columns.
 */
columns: { [key in string]: Scalar }, };
