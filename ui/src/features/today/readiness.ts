/** What a day still lacks, each thing once with the stops it is for. */
import type { DayVisit, DocumentId, Unready } from '$lib/bindings';
import { m } from '$lib/words';

export interface Lack {
  id: string;
  what: Unready;
  text: string;
  /** The visits it is for, by their place in the day from 1. */
  stops: number[];
  /** The first of them. */
  visit: DocumentId;
}

const TEXT = {
  acceptance: m.ready_acceptance,
  customer: m.ready_customer,
  address: m.ready_address,
  phone: m.ready_phone,
  equipment: m.ready_equipment,
  checklist: m.ready_checklist,
  decision: m.ready_decision,
  access_to_arrange: m.ready_access,
} satisfies Record<Unready, () => string>;

export function lacks(visits: readonly DayVisit[]): Lack[] {
  const found = new Map<string, Lack>();
  visits.forEach((visit, index) => {
    for (const what of visit.missing) {
      // How to get in is another thing at every address.
      const how = what === 'access_to_arrange' ? visit.address?.access_notes : undefined;
      const id = how ?? what;
      const lack = found.get(id) ?? {
        id,
        what,
        text: how ? m.ready_access_how({ how }) : TEXT[what](),
        stops: [],
        visit: visit.link.document,
      };
      lack.stops.push(index + 1);
      found.set(id, lack);
    }
  });
  return [...found.values()];
}
