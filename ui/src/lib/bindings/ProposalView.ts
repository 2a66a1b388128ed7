// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { DecisionView } from "./DecisionView";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { NamedRow } from "./NamedRow";
import type { RowId } from "./RowId";
import type { Scalar } from "./Scalar";

/**
 * A wish for a field that others write.
 */
export type ProposalView = { 
/**
 * The proposal's row.
 */
row: RowId, 
/**
 * The field, as a field path prints it.
 */
path: string, 
/**
 * The value wanted there.
 */
value: Scalar, 
/**
 * What the value names.
 */
links: Array<Linked>, 
/**
 * The value that stands there now; of a text, the text.
 */
stands: Scalar, 
/**
 * What that one names.
 */
stands_links: Array<Linked>, 
/**
 * The rows that both name.
 */
rows: Array<NamedRow>, 
/**
 * Why.
 */
why: string | null, 
/**
 * Who wishes it.
 */
by: Linked | null, 
/**
 * When.
 */
at: Instant | null, 
/**
 * What an owner of the field answered; absent while nobody has.
 */
decision: DecisionView | null, 
/**
 * Whether this person may answer.
 */
may_decide: boolean, };
