// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AttentionItem } from "./AttentionItem";
import type { ConflictView } from "./ConflictView";
import type { DocumentId } from "./DocumentId";
import type { Instant } from "./Instant";
import type { Kind } from "./Kind";
import type { Linked } from "./Linked";
import type { ProposalView } from "./ProposalView";
import type { RecordRights } from "./RecordRights";
import type { Standing } from "./Standing";
import type { WithdrawalView } from "./WithdrawalView";

/**
 * A record as it stands, or stood at a moment, with what a page of it begins with.
 */
export type RecordHead = { 
/**
 * The record.
 */
document: DocumentId, 
/**
 * Its kind.
 */
kind: Kind, 
/**
 * Its number or name, or the provisional label.
 */
label: string, 
/**
 * What it is about.
 */
title: string, 
/**
 * Its heads: what a text box is opened at.
 */
heads: Array<string>, 
/**
 * The moment it is shown at; absent for now.
 */
at: Instant | null, 
/**
 * Where its newest own work is.
 */
standing: Standing, 
/**
 * Who made it.
 */
author: Linked | null, 
/**
 * Set when it was made by mistake.
 */
withdrawn: WithdrawalView | null, 
/**
 * Of a duplicate: the record that stays.
 */
merged_into: Linked | null, 
/**
 * What is a duplicate of it, at once or by way of others: nothing else leads there.
 */
duplicates: Array<Linked>, 
/**
 * What waits for a decision, each with both sides.
 */
conflicts: Array<ConflictView>, 
/**
 * What somebody should look at.
 */
attention: Array<AttentionItem>, 
/**
 * Wishes for fields that others write.
 */
proposals: Array<ProposalView>, 
/**
 * What this person may write here; nothing while a past moment is shown.
 */
rights: RecordRights, };
