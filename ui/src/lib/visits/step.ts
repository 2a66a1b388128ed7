/** The one next step of a visit, by what has happened on it. */
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';
import type { VisitAct, VisitLine, VisitState } from '$lib/backend/views';

export interface Step {
  act: VisitAct;
  icon: IconName;
  label: string;
}

/** The next step; nothing when the technician is done with the visit. */
export function nextStep(visit: Pick<VisitLine, 'state' | 'arrived'>): Step | undefined {
  switch (visit.state) {
    case 'new':
    case 'scheduled':
    case 'dispatched':
    case 'accepted':
    case 'declined':
      return { act: 'travel_started', icon: 'van', label: m.step_travel() };
    case 'travelling':
      return visit.arrived === null
        ? { act: 'arrived', icon: 'pin', label: m.step_arrive() }
        : { act: 'work_started', icon: 'play', label: m.step_start() };
    case 'in_progress':
      return { act: 'completed', icon: 'done', label: m.step_finish() };
    case 'on_hold':
      return { act: 'resumed', icon: 'play', label: m.step_resume() };
    case 'completed':
    case 'completed_partly':
    case 'cannot_complete':
    case 'reviewed':
    case 'closed':
    case 'cancelled':
      return undefined;
  }
}

const UNDER_WAY: readonly VisitState[] = ['travelling', 'in_progress', 'on_hold'];

/** Whether somebody is on this visit right now. */
export function isUnderWay(state: VisitState): boolean {
  return UNDER_WAY.includes(state);
}

/** Whether the work of the visit has ended one way or another. */
export function isOver(visit: Pick<VisitLine, 'state' | 'arrived'>): boolean {
  return nextStep(visit) === undefined;
}

/** What happened, as the toast says it. */
export function doneText(act: VisitAct): string {
  return DONE[act]();
}

const DONE = {
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
} satisfies Record<VisitAct, () => string>;
