// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportPart } from "./ImportPart";

/**
 * What one row does.
 */
export type ImportLine = { 
/**
 * The line in the file.
 */
line: number, 
/**
 * What becomes of its parts.
 */
parts: Array<ImportPart>, };
