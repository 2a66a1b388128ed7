// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";

/**
 * What is done with a part of a row.
 */
export type ImportOutcome = "made" | { "completed": Array<ImportColumn> } | "already_there";
