/** Addresses and what they show. */
import { expect, it } from 'vitest';
import { recordPath } from '$lib/app/paths';
import type { Kind } from '$lib/bindings';
import { placeOf } from '../../src/routes/places';

const PLACES: Record<Kind, string> = {
  visit: 'visit',
  service_card: 'card',
  complaint: 'complaint',
  customer: 'customer',
  equipment: 'object',
  employee: 'person',
  team: 'staff',
  role: 'staff',
  directory_entry: 'directories',
  company: 'company',
  checklist: 'nowhere',
};

it('has a place for every kind of record but one', () => {
  for (const kind of Object.keys(PLACES) as Kind[]) {
    const path = recordPath({ document: 'a', kind });
    expect({ kind, at: path === undefined ? 'nowhere' : placeOf(path).at }).toEqual({
      kind,
      at: PLACES[kind],
    });
  }
  expect(placeOf('/staff')).toEqual({ at: 'staff' });
  expect(placeOf('/staff/roles')).toEqual({ at: 'staff', tab: 'roles' });
  expect(placeOf('/directories/a')).toEqual({ at: 'directories', id: 'a' });
});
