/** The places of the app: an address, what it shows. A new place is a line here and in `Place.svelte`. */
import type { DocumentId } from '$lib/backend/views';
import type { LocalDate } from '$lib/format/date';

export type Place =
  { at: 'today' } | { at: 'day'; date: LocalDate } | { at: 'visit'; id: DocumentId } | { at: 'settings' };

/** The place of an address; unknown addresses lead to today. */
export function placeOf(path: string): Place {
  const [, first, second] = path.split('/');
  if (first === 'visits' && second) return { at: 'visit', id: second };
  if (first === 'days' && second && /^\d{4}-\d\d-\d\d$/.test(second)) return { at: 'day', date: second };
  if (first === 'settings') return { at: 'settings' };
  return { at: 'today' };
}
