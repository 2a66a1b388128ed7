// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { Channel } from "./Channel";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { MessageKind } from "./MessageKind";
import type { RowId } from "./RowId";

/**
 * A message to the customer.
 */
export type MessageView = { 
/**
 * Its row.
 */
row: RowId, 
/**
 * What it is.
 */
message_kind: MessageKind | null, 
/**
 * How it went.
 */
channel: Channel | null, 
/**
 * What it said.
 */
text: string | null, 
/**
 * Who wrote it.
 */
by: Linked | null, 
/**
 * When.
 */
at: Instant | null, };
