/**
 * What the device library shows and takes, as JSON. Names are those of the Rust side; ids are UUIDs,
 * instants, windows and decimals are the canonical texts of records.
 */
import type { Instant, LocalDate, TimeWindow } from '$lib/format/date';
import type { Decimal } from '$lib/format/number';

export type DocumentId = string;
export type RowId = string;

/** `halyard_domain::rules::VisitState`. */
export type VisitState =
  | 'new'
  | 'scheduled'
  | 'dispatched'
  | 'accepted'
  | 'declined'
  | 'travelling'
  | 'in_progress'
  | 'on_hold'
  | 'completed'
  | 'completed_partly'
  | 'cannot_complete'
  | 'reviewed'
  | 'closed'
  | 'cancelled';

/** `halyard_domain::rules::CardState`. */
export type CardState = 'draft' | 'active' | 'suspended' | 'completed' | 'renewed' | 'terminated' | 'closed';

/** `halyard_domain::rules::ComplaintState`. */
export type ComplaintState =
  | 'registered'
  | 'accepted'
  | 'analysis'
  | 'action'
  | 'verification'
  | 'answered'
  | 'closed'
  | 'rejected'
  | 'reopened';

/** `halyard_device::Standing`: where the newest own work is. */
export type Standing = 'in_office' | 'sending' | 'on_device' | 'not_accepted';

/** `halyard_domain::records::VisitAct`, those a technician does. */
export type VisitAct =
  | 'accepted'
  | 'declined'
  | 'travel_started'
  | 'arrived'
  | 'work_started'
  | 'paused'
  | 'resumed'
  | 'completed'
  | 'completed_partly'
  | 'cannot_complete';

/** Whether the relay can be reached now. */
export type Connection = 'online' | 'offline';

/** `halyard_device::Status` and whether there is a connection. */
export interface Status {
  connection: Connection;
  unsent: number;
  not_accepted: number;
  last_full_sync: Instant | null;
  /** Why nothing can be saved any more, when that is so. */
  stopped: string | null;
}

/** Who works here and what the window needs to know to open. */
export interface Me {
  employee: DocumentId;
  name: string;
  /** The shipped roles' names and those the company added. */
  roles: string[];
  /** What the company calls this device: «планшет ПЛ-07». */
  device: string;
}

/** Where somebody goes. */
export interface Place {
  address: string;
  settlement: string;
  access_notes: string | null;
  coordinates: { latitude: number; longitude: number } | null;
}

/** Whom to ask there. */
export interface Contact {
  name: string;
  position: string | null;
  phone: string | null;
}

/** The object of a visit. */
export interface ObjectLine {
  id: DocumentId | null;
  title: string;
  serial: string | null;
  warranty_until: LocalDate | null;
}

/** A visit as a line of a day. */
export interface VisitLine {
  id: DocumentId;
  label: string;
  state: VisitState;
  standing: Standing;
  overdue: boolean;
  needs_decision: boolean;
  window: TimeWindow | null;
  duration_minutes: number | null;
  customer: string;
  object: ObjectLine | null;
  /** What is to be done, in a few words. */
  task: string;
  place: Place | null;
  contact: Contact | null;
  planned_works: number;
  checklist_items: number;
  /** The way from the stop before, metres as the crow flies; absent without coordinates. */
  distance_m: number | null;
  /** Arrived, once that is a fact of mine. */
  arrived: Instant | null;
}

/** Something to take or to know before the day begins. */
export interface ReadinessItem {
  id: string;
  text: string;
  /** The visits it is for, by their place in the day from 1. */
  stops: number[];
  taken: boolean;
}

/** A day of mine. */
export interface DayView {
  date: LocalDate;
  visits: VisitLine[];
  readiness: ReadinessItem[];
  /** The next day with visits. */
  next: {
    date: LocalDate;
    visits: number;
    first: { window: TimeWindow; customer: string; settlement: string | null };
  } | null;
}

/** A planned work and what was done of it. */
export interface WorkPlan {
  work_kind: DocumentId;
  title: string;
  unit: string;
  planned: Decimal;
  planned_hours: Decimal | null;
  done: Decimal;
  /** The rows that count for it. */
  rows: WorkRowView[];
}

export interface WorkRowView {
  row: RowId;
  work_kind: DocumentId;
  title: string;
  unit: string;
  volume: Decimal;
  period: TimeWindow | null;
  hours: Decimal | null;
  who: string;
  mine: boolean;
}

export type AnswerKind = 'yes_no' | 'number' | 'line' | 'one_of';

/** One thing to look at, and what was answered. */
export interface ChecklistLine {
  item: RowId;
  text: string;
  required: boolean;
  kind: AnswerKind;
  choices: string[];
  unit: string;
  minimum: Decimal | null;
  maximum: Decimal | null;
  /** Canonical: `yes`, `no`, `n/a`, a decimal, a line, a choice. */
  answer: string | null;
  /** Answers given at the same time by several, when they differ. */
  rivals: { answer: string; who: string; at: Instant }[];
}

export interface PartView {
  row: RowId;
  title: string;
  quantity: Decimal;
  unit: string;
  direction: 'used' | 'returned';
}

export interface PhotoView {
  row: RowId;
  /** What the window can show: a blob or asset address. */
  url: string;
  caption: string;
  standing: Standing;
  /** Why it was not accepted. */
  problem: string | null;
}

/** A long text and the heads it was read at. */
export interface TextView {
  text: string;
  heads: string[];
}

/** What is missing before the visit can be completed whole. */
export interface Missing {
  works: number;
  /** All unanswered items, and those that must be answered. */
  checklist: number;
  checklist_required: number;
}

/** A visit with everything its screen shows. */
export interface VisitView extends VisitLine {
  instructions: string;
  /** When I left, arrived, began and ended, as far as it has come. */
  travel_started: Instant | null;
  work_started: Instant | null;
  finished: Instant | null;
  /** Minutes worked up to the last event, and since when the clock runs. */
  worked_minutes: number;
  running_since: Instant | null;
  /** Why the work is paused or was not completed. */
  reason: string | null;
  percent: number;
  works: WorkPlan[];
  /** Work done beyond the plan. */
  other_works: WorkRowView[];
  checklist: ChecklistLine[];
  parts: PartView[];
  photos: PhotoView[];
  findings: TextView;
  missing: Missing;
  /** What the rights let me do here. */
  may: { act: VisitAct[]; write: boolean };
  /** One sentence on what was not accepted of this record, and the envelope to put away. */
  not_accepted: { envelope: string; sentence: string } | null;
}

/** A choice from a directory. */
export interface Choice {
  id: DocumentId;
  label: string;
  unit: string;
}

/** Work to write down. */
export interface NewWork {
  work_kind: DocumentId;
  volume: Decimal;
  period: TimeWindow | null;
}

/** What changed: screens that show one of these read it again. */
export interface Change {
  documents: DocumentId[];
  status: boolean;
}
