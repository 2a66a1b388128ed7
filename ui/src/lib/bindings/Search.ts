// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Depth } from "./Depth";

/**
 * Words to find.
 */
export type Search = { 
/**
 * What the person typed.
 */
text: string, 
/**
 * How deep to look.
 */
depth: Depth, };
