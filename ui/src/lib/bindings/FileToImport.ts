// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ImportReading } from "./ImportReading";

/**
 * A file people bring.
 */
export type FileToImport = { 
/**
 * What it is called; its ending says what it is.
 */
name: string, 
/**
 * Its content in base 64.
 */
content: string, 
/**
 * How it is to be read; what is not said is guessed.
 */
read_as?: ImportReading, };
