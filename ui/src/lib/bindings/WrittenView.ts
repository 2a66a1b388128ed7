// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Scalar } from "./Scalar";

/**
 * What was written in a place.
 */
export type WrittenView = { "did": "value", 
/**
 * Those it replaced; several when a conflict was decided.
 */
from: Array<Scalar>, 
/**
 * The value.
 */
to: Scalar, } | { "did": "text", 
/**
 * The text the author saw.
 */
from: string, 
/**
 * The text the author left.
 */
to: string, } | { "did": "row", 
/**
 * Its columns.
 */
columns: { [key in string]: Scalar }, };
