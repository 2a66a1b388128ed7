// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressView } from "./AddressView";
import type { ContactView } from "./ContactView";
import type { EquipmentBrief } from "./EquipmentBrief";
import type { Linked } from "./Linked";
import type { Outcome } from "./Outcome";
import type { Phase } from "./Phase";
import type { Standing } from "./Standing";
import type { TimeWindow } from "./TimeWindow";
import type { Unready } from "./Unready";
import type { VisitAct } from "./VisitAct";
import type { VisitState } from "./VisitState";
import type { Way } from "./Way";

/**
 * A visit of a day.
 */
export type DayVisit = { 
/**
 * The visit.
 */
link: Linked, 
/**
 * The state.
 */
state: VisitState, 
/**
 * How the work ended, once it has.
 */
outcome: Outcome | null, 
/**
 * Whether it is still open after its time.
 */
is_overdue: boolean, 
/**
 * Where its newest own work is.
 */
standing: Standing, 
/**
 * When it is planned.
 */
window: TimeWindow | null, 
/**
 * How far this person is on their way.
 */
way: Way, 
/**
 * The same in a word.
 */
phase: Phase, 
/**
 * How long the work is to take, in minutes.
 */
duration_minutes: number | null, 
/**
 * For whom.
 */
customer: Linked | null, 
/**
 * Where.
 */
address: AddressView | null, 
/**
 * Metres from the visit before in the list, as the crow flies; absent without both places.
 */
way_m: number | null, 
/**
 * Whom to call.
 */
contact: ContactView | null, 
/**
 * The phones of the customer itself.
 */
customer_phones: Array<string>, 
/**
 * The object.
 */
equipment: EquipmentBrief | null, 
/**
 * The card.
 */
card: Linked | null, 
/**
 * What the office says.
 */
instructions: string, 
/**
 * How many kinds of work are planned.
 */
planned_works: number, 
/**
 * How many hours they are to take, a canonical decimal.
 */
planned_hours: string, 
/**
 * How many questions the checklist has.
 */
checklist_items: number, 
/**
 * The next step of this person's way: the button of the card.
 */
next: VisitAct | null, 
/**
 * What is missing to be ready for it.
 */
missing: Array<Unready>, 
/**
 * How many items somebody should look at.
 */
attention: number, };
