// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressView } from "./AddressView";
import type { CardAct } from "./CardAct";
import type { CardEventView } from "./CardEventView";
import type { CardState } from "./CardState";
import type { ComplaintLine } from "./ComplaintLine";
import type { ContactView } from "./ContactView";
import type { EquipmentBrief } from "./EquipmentBrief";
import type { Linked } from "./Linked";
import type { Periodicity } from "./Periodicity";
import type { Priority } from "./Priority";
import type { RecordHead } from "./RecordHead";
import type { ServiceType } from "./ServiceType";
import type { VisitLine } from "./VisitLine";
import type { WorkLine } from "./WorkLine";

/**
 * The page of a service card.
 */
export type CardPage = { 
/**
 * What every page begins with.
 */
head: RecordHead, 
/**
 * The state.
 */
state: CardState, 
/**
 * For whom.
 */
customer: Linked | null, 
/**
 * The phones of the customer itself.
 */
customer_phones: Array<string>, 
/**
 * Where.
 */
address: AddressView | null, 
/**
 * Whom to talk to.
 */
contacts: Array<ContactView>, 
/**
 * The object, when it has a record.
 */
equipment: EquipmentBrief | null, 
/**
 * The object in words, when it has none.
 */
subject: string | null, 
/**
 * What sort of service.
 */
service_type: ServiceType | null, 
/**
 * How often.
 */
periodicity: Periodicity | null, 
/**
 * Who answers for it.
 */
responsible: Linked | null, 
/**
 * Who works on it.
 */
crew: Array<Linked>, 
/**
 * The region.
 */
region: Linked | null, 
/**
 * What the specialists must be able to do.
 */
skills: Array<Linked>, 
/**
 * How urgent.
 */
priority: Priority | null, 
/**
 * The checklist its visits go through.
 */
checklist: Linked | null, 
/**
 * Whether the customer signs every visit.
 */
signature_required: boolean, 
/**
 * What the warranty covers.
 */
warranty_terms: string, 
/**
 * Anything else.
 */
notes: string, 
/**
 * How much of the planned work is done, in hundredths of a percent.
 */
percent: number, 
/**
 * The planned hours, a canonical decimal.
 */
planned_hours: string, 
/**
 * The hours written down, a canonical decimal.
 */
done_hours: string, 
/**
 * Works planned and done, over all visits.
 */
works: Array<WorkLine>, 
/**
 * Its visits, newest first.
 */
visits: Array<VisitLine>, 
/**
 * What happened to the card itself, in order.
 */
events: Array<CardEventView>, 
/**
 * Complaints that name it, newest first.
 */
complaints: Array<ComplaintLine>, 
/**
 * The steps the card may take now, by its state and the rights.
 */
steps: Array<CardAct>, };
