// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What stands in a column.
 */
export type ColumnHolds = "link" | "links" | "text" | "lines" | "choice" | "date" | "decimal" | "number" | "percent" | "money" | "moment" | "yes_no";
