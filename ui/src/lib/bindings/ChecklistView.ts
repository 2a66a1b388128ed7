// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ChecklistLine } from "./ChecklistLine";
import type { Linked } from "./Linked";

/**
 * A checklist with its answers.
 */
export type ChecklistView = { 
/**
 * The template.
 */
template: Linked, 
/**
 * Its questions in their order.
 */
items: Array<ChecklistLine>, 
/**
 * How many have an answer.
 */
answered: number, };
