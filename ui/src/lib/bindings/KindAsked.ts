// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Kind } from "./Kind";

/**
 * Asks for the columns of a kind.
 */
export type KindAsked = { 
/**
 * The kind.
 */
kind: Kind, };
