// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { Outcome } from "./Outcome";
import type { TimeWindow } from "./TimeWindow";
import type { VisitState } from "./VisitState";

/**
 * A visit on another record's page.
 */
export type VisitLine = { 
/**
 * The visit.
 */
link: Linked, 
/**
 * Its state.
 */
state: VisitState | null, 
/**
 * How the work ended.
 */
outcome: Outcome | null, 
/**
 * When it is planned.
 */
window: TimeWindow | null, 
/**
 * Who is to go.
 */
specialists: Array<Linked>, 
/**
 * The card it is a stage of.
 */
card: Linked | null, 
/**
 * The object.
 */
equipment: Linked | null, 
/**
 * How much of its planned work is done, in hundredths of a percent.
 */
percent: number | null, 
/**
 * What was found.
 */
findings: string | null, };
