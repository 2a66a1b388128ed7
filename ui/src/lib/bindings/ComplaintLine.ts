// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ComplaintKind } from "./ComplaintKind";
import type { ComplaintState } from "./ComplaintState";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { Severity } from "./Severity";

/**
 * A complaint on another record's page.
 */
export type ComplaintLine = { 
/**
 * The complaint.
 */
link: Linked, 
/**
 * Its state.
 */
state: ComplaintState | null, 
/**
 * What sort of complaint.
 */
complaint_kind: ComplaintKind | null, 
/**
 * How bad it is.
 */
severity: Severity | null, 
/**
 * When the customer told us.
 */
received_at: Instant | null, 
/**
 * Who answers for it.
 */
responsible: Linked | null, 
/**
 * The object.
 */
equipment: Linked | null, };
