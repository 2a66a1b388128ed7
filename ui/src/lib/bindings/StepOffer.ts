// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Refusal } from "./Refusal";
import type { VisitAct } from "./VisitAct";

/**
 * A step a person may take.
 */
export type StepOffer = { 
/**
 * The step.
 */
act: VisitAct, 
/**
 * Whether it needs a reason.
 */
needs_reason: boolean, 
/**
 * Why the rights do not allow it; absent when they do.
 */
refusal: Refusal | null, };
