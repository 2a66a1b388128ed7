// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ReturnDecision } from "./ReturnDecision";
import type { RowId } from "./RowId";

/**
 * A thing that comes back to us.
 */
export type ReturnView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * What it is called.
 */
item: string | null, 
/**
 * Its serial number.
 */
serial: string | null, 
/**
 * How many, a canonical decimal.
 */
quantity: string | null, 
/**
 * Why it comes back.
 */
reason: string | null, 
/**
 * What becomes of it.
 */
decision: ReturnDecision | null, 
/**
 * The day it was received.
 */
received: string | null, 
/**
 * The day it was sent.
 */
sent: string | null, };
