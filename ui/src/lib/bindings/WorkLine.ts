// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Linked } from "./Linked";
import type { WorkEntry } from "./WorkEntry";

/**
 * One kind of work: how much was to be done, and what was.
 */
export type WorkLine = { 
/**
 * The kind of work; absent when nobody named it.
 */
work_kind: Linked | null, 
/**
 * The unit of its volume.
 */
unit: Linked | null, 
/**
 * Whether it was planned.
 */
is_planned: boolean, 
/**
 * The planned volume, a canonical decimal.
 */
planned_volume: string | null, 
/**
 * The planned hours, a canonical decimal.
 */
planned_hours: string | null, 
/**
 * The volume done, a canonical decimal.
 */
done_volume: string, 
/**
 * The volume that is left to do, a canonical decimal; absent for what was not planned by volume.
 */
left_volume: string | null, 
/**
 * The hours written down, a canonical decimal.
 */
done_hours: string, 
/**
 * How much of the plan is done, in hundredths of a percent; absent for what was not planned.
 */
percent: number | null, 
/**
 * What was written down.
 */
rows: Array<WorkEntry>, };
