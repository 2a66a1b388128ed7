// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Kind } from "./Kind";
import type { Scalar } from "./Scalar";

/**
 * A condition on a record. Values are the canonical scalars of documents; an instant may also be
 * given in Unix seconds.
 */
export type Filter = { "is": "equals", 
/**
 * The column.
 */
column: string, 
/**
 * The value.
 */
value: Scalar, } | { "is": "one_of", 
/**
 * The column.
 */
column: string, 
/**
 * The values.
 */
values: Array<Scalar>, } | { "is": "between", 
/**
 * The column.
 */
column: string, 
/**
 * The least value.
 */
from: Scalar | null, 
/**
 * The greatest value.
 */
to: Scalar | null, } | { "is": "contains", 
/**
 * The column.
 */
column: string, 
/**
 * The part.
 */
text: string, } | { "is": "is_empty", 
/**
 * The column.
 */
column: string, } | { "is": "state", 
/**
 * The states' names.
 */
states: Array<string>, } | { "is": "includes", 
/**
 * The field.
 */
field: string, 
/**
 * The item.
 */
value: Scalar, } | { "is": "linked", 
/**
 * The link.
 */
column: string, 
/**
 * The conditions on its target.
 */
filters: Array<Filter>, } | { "is": "has_row", 
/**
 * The field.
 */
field: string, 
/**
 * The conditions on the row's columns.
 */
filters: Array<Filter>, } | { "is": "referred", 
/**
 * The kind of the other record.
 */
by: Kind, 
/**
 * Its link.
 */
column: string, 
/**
 * The conditions on it.
 */
filters: Array<Filter>, } | { "is": "any_of", 
/**
 * The conditions.
 */
filters: Array<Filter>, } | { "is": "not", 
/**
 * The condition.
 */
filter: Filter, };
