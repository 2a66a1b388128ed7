// Made by `cargo xtask codegen` from the Rust types. Do not edit.
import type { AddressView } from "./AddressView";
import type { CardBrief } from "./CardBrief";
import type { ChecklistView } from "./ChecklistView";
import type { ComplaintLine } from "./ComplaintLine";
import type { CompletionGap } from "./CompletionGap";
import type { ContactView } from "./ContactView";
import type { EquipmentBrief } from "./EquipmentBrief";
import type { Instant } from "./Instant";
import type { Linked } from "./Linked";
import type { Outcome } from "./Outcome";
import type { PartView } from "./PartView";
import type { Phase } from "./Phase";
import type { PhotoView } from "./PhotoView";
import type { RecordHead } from "./RecordHead";
import type { RowId } from "./RowId";
import type { StepOffer } from "./StepOffer";
import type { StepView } from "./StepView";
import type { TimeWindow } from "./TimeWindow";
import type { VisitLine } from "./VisitLine";
import type { VisitState } from "./VisitState";
import type { Way } from "./Way";
import type { WorkLine } from "./WorkLine";

/**
 * The page of a visit.
 */
export type VisitPage = { 
/**
 * What every page begins with.
 */
head: RecordHead, 
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
 * Whether the planner must not move it.
 */
is_pinned: boolean, 
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
 * Whom to talk to, the first to call first.
 */
contacts: Array<ContactView>, 
/**
 * The object.
 */
equipment: EquipmentBrief | null, 
/**
 * The card it is a stage of.
 */
card: CardBrief | null, 
/**
 * Who is to go.
 */
specialists: Array<Linked>, 
/**
 * What the office tells them.
 */
instructions: string, 
/**
 * What happened, in order.
 */
steps: Array<StepView>, 
/**
 * The big button: the next step of this person's way.
 */
primary: StepOffer | null, 
/**
 * The other steps this person may take.
 */
others: Array<StepOffer>, 
/**
 * The office's next step: send, look through, close. None while the specialists have the word.
 */
office_primary: StepOffer | null, 
/**
 * The other steps of the office.
 */
office_others: Array<StepOffer>, 
/**
 * The step of one's own that may be taken back.
 */
undoable_step: RowId | null, 
/**
 * How much of the planned work is done, in hundredths of a percent.
 */
percent: number, 
/**
 * Minutes everybody worked: as written down, or else by the clock. A stretch under way is not counted.
 */
worked_minutes: number, 
/**
 * Minutes between this person's starts and pauses or ends; a stretch under way is not counted.
 */
clock_minutes: number, 
/**
 * Since when this person's clock runs.
 */
running_since: Instant | null, 
/**
 * Works planned and done.
 */
works: Array<WorkLine>, 
/**
 * Parts put in and taken out.
 */
parts: Array<PartView>, 
/**
 * The checklist, when the card names one that is on this device.
 */
checklist: ChecklistView | null, 
/**
 * What was found.
 */
findings: string, 
/**
 * What we advise.
 */
recommendations: string, 
/**
 * Photos.
 */
photos: Array<PhotoView>, 
/**
 * Complaints about the object, newest first.
 */
complaints: Array<ComplaintLine>, 
/**
 * Earlier and later visits to the object, newest first.
 */
other_visits: Array<VisitLine>, 
/**
 * What the visit lacks to be complete.
 */
missing: Array<CompletionGap>, };
