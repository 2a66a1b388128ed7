// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { ActionView } from "./ActionView";
import type { Channel } from "./Channel";
import type { ComplaintAct } from "./ComplaintAct";
import type { ComplaintEventView } from "./ComplaintEventView";
import type { ComplaintKind } from "./ComplaintKind";
import type { ComplaintState } from "./ComplaintState";
import type { ContactView } from "./ContactView";
import type { EquipmentBrief } from "./EquipmentBrief";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { MessageView } from "./MessageView";
import type { Missing } from "./Missing";
import type { PhotoView } from "./PhotoView";
import type { RecordHead } from "./RecordHead";
import type { ReturnView } from "./ReturnView";
import type { Severity } from "./Severity";
import type { Warranty } from "./Warranty";

/**
 * The page of a complaint.
 */
export type ComplaintPage = { 
/**
 * What every page begins with.
 */
head: RecordHead, 
/**
 * The state.
 */
state: ComplaintState, 
/**
 * When the customer told us.
 */
received_at: Instant | null, 
/**
 * How the customer told us.
 */
channel: Channel | null, 
/**
 * Who complains.
 */
customer: Linked | null, 
/**
 * Which person.
 */
contact: ContactView | null, 
/**
 * Which person, when not among the contacts.
 */
contact_note: string | null, 
/**
 * What sort of complaint.
 */
complaint_kind: ComplaintKind | null, 
/**
 * How bad it is.
 */
severity: Severity | null, 
/**
 * About which object.
 */
equipment: EquipmentBrief | null, 
/**
 * Whether the object was under warranty when the customer told us.
 */
warranty: Warranty | null, 
/**
 * The serial number it is about.
 */
serial: string | null, 
/**
 * The batch it is about.
 */
batch: string | null, 
/**
 * The card it comes from.
 */
card: Linked | null, 
/**
 * The visit it comes from.
 */
visit: Linked | null, 
/**
 * What is wrong.
 */
description: string, 
/**
 * What the customer wants.
 */
wish: string, 
/**
 * The photos that count.
 */
photos: Array<PhotoView>, 
/**
 * Who of us answers for it.
 */
responsible: Linked | null, 
/**
 * The department that works on it.
 */
team: Linked | null, 
/**
 * The people from everywhere who work on it.
 */
members: Array<Linked>, 
/**
 * What was done at once so that it gets no worse.
 */
containment: string, 
/**
 * The cause, from the directory.
 */
cause_code: Linked | null, 
/**
 * The cause in words.
 */
cause: string, 
/**
 * What we pay: minor units and the currency, `348000 UAH`.
 */
compensation: string | null, 
/**
 * What else we give.
 */
compensation_note: string | null, 
/**
 * What is done about the cause.
 */
actions: Array<ActionView>, 
/**
 * What comes back to us.
 */
returns: Array<ReturnView>, 
/**
 * What we told the customer.
 */
messages: Array<MessageView>, 
/**
 * What happened, in order.
 */
events: Array<ComplaintEventView>, 
/**
 * The customer's mark since the complaint was last taken up, 1 to 5.
 */
mark: number | null, 
/**
 * Whether the customer was asked and did not answer.
 */
no_answer: boolean, 
/**
 * How many times it was reopened.
 */
reopened: number, 
/**
 * The steps the complaint may take now, by its state and the rights.
 */
steps: Array<ComplaintAct>, 
/**
 * What it cannot be closed without.
 */
missing: Array<Missing>, };
