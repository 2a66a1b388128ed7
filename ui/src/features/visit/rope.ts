/** The way through a visit as it is drawn: a knot for each step, green where there is a fact behind it. */
import type { VisitPage } from '$lib/bindings';
import { time } from '$lib/format/date';
import { m } from '$lib/words';

export interface Knot {
  label: string;
  /** When it was; nothing for what nobody noted. */
  time?: string;
  status: 'done' | 'here' | 'later' | 'failed';
}

export function ropeOf({ way, phase, outcome }: Pick<VisitPage, 'way' | 'phase' | 'outcome'>): Knot[] {
  const steps = [
    { at: way.travel_started, past: m.step_travelled(), ahead: m.step_travel() },
    { at: way.arrived, past: m.step_arrived(), ahead: m.step_arrive() },
    { at: way.work_started, past: m.step_started(), ahead: m.step_start() },
    { at: way.finished, past: m.step_finished(), ahead: m.step_end() },
  ];
  const reached = phase === 'over' ? -1 : steps.findLastIndex(({ at }) => at !== null);
  return steps.map(({ at, past, ahead }, index) => {
    if (at === null) return { label: ahead, status: 'later' };
    const failed = at === way.finished && outcome === 'cannot_complete';
    return { label: past, time: time(at), status: failed ? 'failed' : index === reached ? 'here' : 'done' };
  });
}
