/** What the backend in memory keeps: facts, as records do. Everything shown is derived from them. */
import type { Instant, LocalDate, TimeWindow } from '$lib/format/date';
import type {
  AnswerKind,
  Contact,
  ObjectLine,
  PartView,
  PhotoView,
  Place,
  Standing,
  VisitAct,
  VisitState,
} from '$lib/backend/views';

export interface EventFact {
  row: string;
  act: VisitAct | 'dispatched' | 'closed';
  at: Instant;
  reason: string | null;
}

export interface WorkFact {
  row: string;
  kind: string;
  volume: string;
  period: TimeWindow | null;
  who: string;
  mine: boolean;
}

export interface ItemFact {
  item: string;
  text: string;
  kind: AnswerKind;
  required: boolean;
  choices?: string[];
  unit?: string;
  minimum?: string;
  maximum?: string;
}

export interface VisitFact {
  id: string;
  label: string;
  date: LocalDate;
  window: TimeWindow | null;
  duration: number;
  customer: string;
  object: ObjectLine | null;
  task: string;
  place: Place | null;
  contact: Contact | null;
  instructions: string;
  events: EventFact[];
  planned: { kind: string; volume: string; hours: string }[];
  works: WorkFact[];
  items: ItemFact[];
  answers: Record<string, string>;
  parts: PartView[];
  photos: PhotoView[];
  findings: string;
  standing: Standing;
  needs_decision: boolean;
  not_accepted: { envelope: string; sentence: string } | null;
  /** False of a visit I may only look at. */
  writable: boolean;
}

/** The state the events lead to. */
export function stateOf(visit: VisitFact): VisitState {
  let state: VisitState = visit.window ? 'scheduled' : 'new';
  for (const { act } of visit.events) {
    const next: Record<EventFact['act'], VisitState> = {
      dispatched: 'dispatched',
      accepted: 'accepted',
      declined: 'declined',
      travel_started: 'travelling',
      arrived: 'travelling',
      work_started: 'in_progress',
      paused: 'on_hold',
      resumed: 'in_progress',
      completed: 'completed',
      completed_partly: 'completed_partly',
      cannot_complete: 'cannot_complete',
      closed: 'closed',
    };
    state = next[act];
  }
  return state;
}

/** What a technician may do in a state. */
export function mayAct(visit: VisitFact): VisitAct[] {
  if (!visit.writable) return [];
  switch (stateOf(visit)) {
    case 'new':
    case 'scheduled':
    case 'dispatched':
      return ['accepted', 'declined', 'travel_started', 'cannot_complete'];
    case 'accepted':
    case 'declined':
      return ['declined', 'travel_started', 'cannot_complete'];
    case 'travelling':
      return ['arrived', 'work_started', 'cannot_complete'];
    case 'in_progress':
      return ['paused', 'completed', 'completed_partly', 'cannot_complete'];
    case 'on_hold':
      return ['resumed', 'completed_partly', 'cannot_complete'];
    case 'completed':
    case 'completed_partly':
    case 'cannot_complete':
    case 'reviewed':
    case 'closed':
    case 'cancelled':
      return [];
  }
}
