/** The kinds of record that have a journal, and how a link says what of it is shown. */
import type { Kind } from '$lib/bindings';

export type JournalKind = Extract<Kind, 'visit' | 'service_card' | 'complaint' | 'customer' | 'equipment'>;

/** The word of each in the addresses of its journal and of its records. */
export const JOURNALS = {
  visit: 'visits',
  service_card: 'cards',
  complaint: 'complaints',
  customer: 'customers',
  equipment: 'objects',
} satisfies Record<JournalKind, string>;

export interface Wanted {
  value: string;
  /** What a record is called; of other values the language decides. */
  label?: string;
}

/** A condition of a journal: a column, and what of it is wanted. Plain data, so that a view can be kept. */
export interface Condition {
  column: string;
  /** Any of these; none is no condition yet. */
  chosen: readonly Wanted[];
}

/** What a journal begins with: one of its ready views, conditions of the link's own, or both together. */
export interface JournalLook {
  view?: string;
  conditions?: readonly Condition[];
}

/** `?view=overdue`, or `?customer=<id> <name>`: a value never has a space, so its name follows the first. */
export function lookQuery(look: JournalLook): string {
  const query = new URLSearchParams();
  if (look.view !== undefined) query.set('view', look.view);
  for (const { column, chosen } of look.conditions ?? []) {
    for (const { value, label } of chosen) {
      query.append(column, label === undefined ? value : `${value} ${label}`);
    }
  }
  return `?${query.toString()}`;
}

/** The same, read; nothing when the link says nothing. */
export function lookOf(query: string | undefined): JournalLook | undefined {
  if (query === undefined) return undefined;
  const said = new URLSearchParams(query);
  const view = said.get('view') ?? undefined;
  const columns = [...new Set(said.keys())].filter((name) => name !== 'view');
  const wanted = (text: string): Wanted => {
    const space = text.indexOf(' ');
    return space < 0 ? { value: text } : { value: text.slice(0, space), label: text.slice(space + 1) };
  };
  return { view, conditions: columns.map((column) => ({ column, chosen: said.getAll(column).map(wanted) })) };
}
