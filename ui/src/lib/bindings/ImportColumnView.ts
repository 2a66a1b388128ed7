// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportColumn } from "./ImportColumn";

/**
 * A column of a file.
 */
export type ImportColumnView = { 
/**
 * Its heading; of a long one the beginning.
 */
heading: string, 
/**
 * What it is taken for; nothing when it is not taken.
 */
holds: ImportColumn | null, 
/**
 * The first cell below the heading that says something; of a long one the beginning.
 */
example: string, };
