/** The places of the app: an address, what it shows. A new place is a line here and in `PlaceView.svelte`. */
import type { DocumentId } from '$lib/bindings';
import { formAt, type FormPlace, journalOf } from '$lib/app/paths';
import type { LocalDate } from '$lib/format/date';
import { type JournalKind, type JournalLook, lookOf } from '$lib/records/journals';

export type Place =
  | { at: Exclude<Single, 'staff' | 'directories'> | 'today' }
  | { at: 'staff'; tab?: 'teams' | 'roles' }
  | { at: 'directories'; id?: DocumentId }
  | { at: 'day'; date: LocalDate }
  | { at: 'journal'; kind: JournalKind; look?: JournalLook }
  | { at: 'visit' | 'card' | 'object' | 'customer' | 'complaint' | 'person'; id: DocumentId }
  | ({ at: 'form' } & FormPlace);

/** Places that there is one of, by their address. */
const SINGLE = {
  mine: 'mine',
  create: 'create',
  notices: 'notices',
  search: 'search',
  settings: 'settings',
  'not-accepted': 'not_accepted',
  review: 'review',
  import: 'import',
  staff: 'staff',
  directories: 'directories',
  company: 'company',
} as const;
type Single = (typeof SINGLE)[keyof typeof SINGLE];

function isSingle(word: string | undefined): word is keyof typeof SINGLE {
  return word !== undefined && word in SINGLE;
}

/** Pages of one record, by the first word of their address. */
const RECORDS = {
  visits: 'visit',
  cards: 'card',
  objects: 'object',
  customers: 'customer',
  complaints: 'complaint',
} as const;

function isRecords(word: string | undefined): word is keyof typeof RECORDS {
  return word !== undefined && word in RECORDS;
}

/** The place of an address; unknown addresses lead to today. */
export function placeOf(path: string): Place {
  const [where = '', query] = path.split('?');
  const [, first, second] = where.split('/');
  const form = formAt(where);
  if (form) return { at: 'form', ...form };
  if (isRecords(first) && second) return { at: RECORDS[first], id: second };
  const journal = journalOf(first);
  if (journal && !second) return { at: 'journal', kind: journal, look: lookOf(query) };
  if (first === 'days' && second && /^\d{4}-\d\d-\d\d$/.test(second)) return { at: 'day', date: second };
  if (first === 'staff' && second) {
    const isTab = second === 'teams' || second === 'roles';
    return isTab ? { at: 'staff', tab: second } : { at: 'person', id: second };
  }
  if (first === 'directories' && second) return { at: 'directories', id: second };
  return { at: isSingle(first) ? SINGLE[first] : 'today' };
}
