// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportOutcome } from "./ImportOutcome";
import type { ImportPartOf } from "./ImportPartOf";

/**
 * What becomes of a part of a row.
 */
export type ImportPart = { 
/**
 * Which part.
 */
part: ImportPartOf, 
/**
 * What people call it.
 */
label: string, 
/**
 * What is done.
 */
outcome: ImportOutcome, };
