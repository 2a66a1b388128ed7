// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";

/**
 * What stands in a column. A moment is Unix seconds, money minor units, a decimal canonical text.
 */
export type JournalCell = null | boolean | number | string | Linked | Array<Linked>;
