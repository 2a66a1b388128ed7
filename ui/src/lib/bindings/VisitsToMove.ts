// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { VisitMove } from "./VisitMove";

/**
 * Visits to be moved.
 */
export type VisitsToMove = { 
/**
 * Each visit with its new time.
 */
moves: Array<VisitMove>, };
