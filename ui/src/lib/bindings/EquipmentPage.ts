// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressView } from "./AddressView";
import type { CardLine } from "./CardLine";
import type { ComplaintLine } from "./ComplaintLine";
import type { EquipmentBrief } from "./EquipmentBrief";
import type { Linked } from "./Linked";
import type { MeterView } from "./MeterView";
import type { PhotoView } from "./PhotoView";
import type { RecordHead } from "./RecordHead";
import type { VisitLine } from "./VisitLine";

/**
 * The page of an object.
 */
export type EquipmentPage = { 
/**
 * What every page begins with.
 */
head: RecordHead, 
/**
 * Its name, maker, model, serial, place and warranty.
 */
brief: EquipmentBrief, 
/**
 * What sort of thing it is.
 */
category: Linked | null, 
/**
 * What the QR tag on it says.
 */
qr_tag: string | null, 
/**
 * Whose it is.
 */
customer: Linked | null, 
/**
 * The address it stands at.
 */
address: AddressView | null, 
/**
 * The day it was installed.
 */
installed: string | null, 
/**
 * What it is a part of.
 */
parent: Linked | null, 
/**
 * Its parts.
 */
children: Array<Linked>, 
/**
 * Its meters.
 */
meters: Array<MeterView>, 
/**
 * The photos that count.
 */
photos: Array<PhotoView>, 
/**
 * Anything else.
 */
notes: string, 
/**
 * The cards it is served under, newest first.
 */
cards: Array<CardLine>, 
/**
 * Its history: the visits to it, newest first.
 */
visits: Array<VisitLine>, 
/**
 * Complaints about it, newest first.
 */
complaints: Array<ComplaintLine>, };
