/** The steps a specialist takes, as buttons say them and toasts confirm them. */
import type { VisitAct } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';

/** What the office does with a visit is no button of a specialist's. */
export type FieldAct = Exclude<VisitAct, 'dispatched' | 'reviewed' | 'closed' | 'reopened' | 'cancelled'>;

export interface Step {
  act: FieldAct;
  icon: IconName;
  label: string;
}

const STEPS = {
  accepted: ['check', m.accept, m.done_accepted],
  declined: ['no', m.decline, m.done_declined],
  travel_started: ['van', m.step_travel, m.done_travel_started],
  arrived: ['pin', m.step_arrive, m.done_arrived],
  work_started: ['play', m.step_start, m.done_work_started],
  paused: ['pause', m.pause, m.done_paused],
  resumed: ['play', m.step_resume, m.done_resumed],
  completed: ['done', m.step_finish, m.done_completed],
  completed_partly: ['half', m.step_finish, m.done_completed_partly],
  cannot_complete: ['no', m.cannot_complete, m.done_cannot_complete],
} as const satisfies Record<FieldAct, readonly [IconName, () => string, () => string]>;

function isFieldAct(act: VisitAct): act is FieldAct {
  return act in STEPS;
}

/** The button of a step; none for what the office does. */
export function stepOf(act: VisitAct | null): Step | undefined {
  if (act === null || !isFieldAct(act)) return undefined;
  const [icon, label] = STEPS[act];
  return { act, icon, label: label() };
}

/** What happened, as the toast says it. */
export function doneText(act: FieldAct): string {
  return STEPS[act][2]();
}

/** Steps that end the visit: how it ended is asked for together. */
export const ENDINGS: readonly VisitAct[] = ['completed', 'completed_partly', 'cannot_complete'];
