/**
 * Which records a journal shows: those that count, or those that no longer do. It is a condition like any other,
 * so that a link and a kept view hold it; only that no column answers it.
 */
import type { ColumnView, Show } from '$lib/bindings';
import { isMergeKind } from '$lib/records/duplicates';
import type { Condition, JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';

const NAME = 'counting';
const GONE = 'no_longer';

/** The column that says why a record no longer counts. */
export const WHY = 'why_gone';

/** What a list of them is called. */
export const goneText = (kind: JournalKind): string =>
  isMergeKind(kind) ? m.view_gone_or_duplicate() : m.view_gone();

/** Those that no longer count. */
export const gone: Condition = { column: NAME, chosen: [{ value: GONE }] };

/** The condition as a column, to be shown beside the others. */
export const COUNTING: ColumnView = {
  name: NAME,
  holds: 'choice',
  links_to: null,
  choices: [GONE],
  sorts_by_index: false,
  sum: null,
  groups: false,
  field: null,
};

export function showOf(conditions: readonly Condition[]): Show {
  const asked = conditions.find(({ column }) => column === NAME);
  return asked?.chosen.some(({ value }) => value === GONE) ? 'no_longer' : 'standing';
}
