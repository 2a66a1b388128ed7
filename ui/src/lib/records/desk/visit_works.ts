/** What was done on each visit of a card, out of the card's works. */
import type { DocumentId, WorkLine } from '$lib/bindings';
import { named } from '$lib/visits/naming';

export interface VisitWork {
  /** The kinds of work, in the order of the card's plan. */
  kinds: string[];
  hours: number;
}

export function visitWorks(works: readonly WorkLine[]): Map<DocumentId, VisitWork> {
  const done = new Map<DocumentId, VisitWork>();
  for (const { work_kind, rows } of works)
    for (const row of rows) {
      const work = done.get(row.visit) ?? { kinds: [], hours: 0 };
      const kind = named(work_kind);
      if (kind && !work.kinds.includes(kind)) work.kinds.push(kind);
      work.hours += Number(row.hours ?? 0);
      done.set(row.visit, work);
    }
  return done;
}
