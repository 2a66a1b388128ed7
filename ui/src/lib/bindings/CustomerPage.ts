// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressView } from "./AddressView";
import type { CardLine } from "./CardLine";
import type { ClassView } from "./ClassView";
import type { ComplaintLine } from "./ComplaintLine";
import type { ContactView } from "./ContactView";
import type { CustomerStatus } from "./CustomerStatus";
import type { EquipmentLine } from "./EquipmentLine";
import type { Linked } from "./Linked";
import type { RecordHead } from "./RecordHead";
import type { VisitLine } from "./VisitLine";

/**
 * The page of a customer.
 */
export type CustomerPage = { 
/**
 * What every page begins with.
 */
head: RecordHead, 
/**
 * What we call it.
 */
name: string | null, 
/**
 * What its papers call it.
 */
legal_name: string | null, 
/**
 * ЄДРПОУ or РНОКПП.
 */
registry_code: string | null, 
/**
 * ІПН.
 */
vat_number: string | null, 
/**
 * The account it pays from.
 */
iban: string | null, 
/**
 * Its phones.
 */
phones: Array<string>, 
/**
 * Its e-mail addresses.
 */
emails: Array<string>, 
/**
 * Its web site.
 */
website: string | null, 
/**
 * Where we stand with it.
 */
status: CustomerStatus | null, 
/**
 * Who of us is responsible for it.
 */
responsible: Linked | null, 
/**
 * What first brought it to us.
 */
source: Linked | null, 
/**
 * The customer who recommended us.
 */
referred_by: Linked | null, 
/**
 * Its addresses.
 */
addresses: Array<AddressView>, 
/**
 * The people we talk to.
 */
contacts: Array<ContactView>, 
/**
 * Where it stands in each classifier.
 */
classification: Array<ClassView>, 
/**
 * Anything else.
 */
notes: string, 
/**
 * Its objects.
 */
equipment: Array<EquipmentLine>, 
/**
 * Its cards, newest first.
 */
cards: Array<CardLine>, 
/**
 * The visits to it, newest first.
 */
visits: Array<VisitLine>, 
/**
 * Its complaints, newest first.
 */
complaints: Array<ComplaintLine>, 
/**
 * Visits whose work ended.
 */
visits_done: number, 
/**
 * Complaints somebody still owes something.
 */
open_complaints: number, };
