// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";

/**
 * A customer's place in a classifier.
 */
export type ClassView = { 
/**
 * The classifier.
 */
classifier: Linked | null, 
/**
 * The class in it.
 */
class: Linked | null, };
