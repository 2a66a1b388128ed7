/** What happened to a record, in words: the steps of visits, cards and complaints as a history says them. */
import type { CardAct, Kind, VisitAct } from '$lib/bindings';
import { m } from '$lib/words';
import { COMPLAINT_ACTS } from './complaints';

const VISIT = {
  dispatched: m.visit_dispatched,
  accepted: m.done_accepted,
  declined: m.done_declined,
  travel_started: m.done_travel_started,
  arrived: m.done_arrived,
  work_started: m.done_work_started,
  paused: m.done_paused,
  resumed: m.done_resumed,
  completed: m.done_completed,
  completed_partly: m.done_completed_partly,
  cannot_complete: m.done_cannot_complete,
  reviewed: m.visit_reviewed,
  closed: m.visit_closed,
  cancelled: m.visit_cancelled,
  reopened: m.card_act_reopen,
} satisfies Record<VisitAct, () => string>;

const CARD = {
  activated: m.card_active,
  suspended: m.card_suspended,
  completed: m.card_completed,
  renewed: m.card_renewed,
  terminated: m.card_terminated,
  closed: m.card_closed,
  reopened: m.card_act_reopen,
} satisfies Record<CardAct, () => string>;

const WORDS: Partial<Record<Kind, Record<string, () => string>>> = {
  visit: VISIT,
  service_card: CARD,
  complaint: COMPLAINT_ACTS,
};

/** A step in words; by its own name when a newer version took it. */
export function actText(kind: Kind, act: string): string {
  return WORDS[kind]?.[act]?.() ?? act;
}
