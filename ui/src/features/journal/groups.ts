/** The heads of a journal's groups: what the rows have in common, how many they are, what they come to; and the sums of all. */
import type { App } from '$lib/app/app.svelte';
import type { Filter, JournalCell, JournalGroup, ListQuery } from '$lib/bindings';
import { duration } from '$lib/format/duration';
import { number, percent } from '$lib/format/number';
import { choiceText } from '$lib/records/choices';
import { fieldText } from '$lib/records/fields';
import type { JournalKind } from '$lib/records/journals';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';

export interface GroupHead {
  id: string;
  title: string;
  note: string;
  count: number;
  /** What the rows of the group have in common. */
  same: Filter;
}

interface Grouping {
  kind: JournalKind;
  by: string;
  /** The order of the values, where they are choices. */
  choices: readonly string[];
  /** Columns to add up; of percents, the mean. */
  sums: readonly string[];
}

export async function groupHeads(
  app: App,
  query: ListQuery,
  { kind, by, choices, sums }: Grouping,
): Promise<GroupHead[] | undefined> {
  const groups = await app.ask('journal_groups', { query, by, sums: [...sums] });
  const measured = sums.includes('percent') ? await measuredIn(app, query, by) : new Map<string, number>();
  if (!groups) return undefined;
  const place = ({ value }: JournalGroup): number =>
    value === null ? Infinity : typeof value === 'string' ? choices.indexOf(value) : 0;
  const title = ({ value }: JournalGroup): string => groupTitle(kind, by, value);
  const order = (one: JournalGroup, other: JournalGroup): number =>
    place(one) - place(other) || title(one).localeCompare(title(other));
  return groups.toSorted(order).map((group) => {
    const said = sums.map((name, index) => {
      const sum = group.sums[index] ?? null;
      const of = name === 'percent' ? (measured.get(keyOf(group.value)) ?? 0) : 1;
      return sum === null || of === 0 ? '' : sumText(name, sum / of);
    });
    const same = sameAs(by, group.value);
    return {
      id: same.is === 'equals' ? `${by} ${String(same.value)}` : by,
      title: title(group),
      note: [m.search_count({ count: group.count }), ...said].filter(Boolean).join(' · '),
      count: group.count,
      same,
    };
  });
}

/** What all rows of a journal come to. */
export interface Sum {
  column: string;
  /** In the column's own whole units; of percents hundredths. */
  value: number;
}

/** The sums of the whole journal, of percents the mean; those that nothing adds up to are left out. */
export async function sumsOf(
  app: App,
  query: ListQuery,
  { by, sums }: Pick<Grouping, 'by' | 'sums'>,
): Promise<Sum[] | undefined> {
  const groups = await app.ask('journal_groups', { query, by, sums: [...sums] });
  if (!groups) return undefined;
  const measured = sums.includes('percent') ? await measuredIn(app, query, by) : new Map<string, number>();
  const all = [...measured.values()].reduce((sum, count) => sum + count, 0);
  return sums.flatMap((name, index) => {
    const sum = groups.reduce((sum, group) => sum + (group.sums[index] ?? 0), 0);
    const of = name === 'percent' ? all : 1;
    if (of === 0 || groups.every((group) => (group.sums[index] ?? null) === null)) return [];
    return { column: name, value: sum / of };
  });
}

/** How many of each group have a percent at all: those without planned work have none. */
async function measuredIn(app: App, query: ListQuery, by: string): Promise<Map<string, number>> {
  const some: Filter = { is: 'not', filter: { is: 'is_empty', column: 'percent' } };
  const asked = { query: { ...query, filters: [...query.filters, some] }, by, sums: [] };
  const groups = (await app.ask('journal_groups', asked)) ?? [];
  return new Map(groups.map(({ value, count }) => [keyOf(value), count]));
}

/** In the head of a group a length of time or a percent says itself what it is. */
function sumText(column: string, sum: number): string {
  const text = valueText({ column, value: sum });
  return column === 'duration_minutes' || column === 'percent'
    ? text
    : `${fieldText({ field: column })}: ${text}`;
}

export function valueText({ column, value }: Sum): string {
  if (column === 'duration_minutes') return duration(value);
  return column === 'percent' ? percent(value / 100) : number(value);
}

function groupTitle(kind: JournalKind, by: string, value: JournalCell): string {
  if (value === null) return m.filter_none();
  if (typeof value === 'string') return choiceText(kind, by, value);
  if (typeof value === 'object' && 'document' in value) return named(value);
  return value === true ? m.yes() : m.no();
}

function keyOf(value: JournalCell): string {
  return value !== null && typeof value === 'object' && 'document' in value
    ? value.document
    : JSON.stringify(value);
}

function sameAs(column: string, value: JournalCell): Filter {
  if (value === null) return { is: 'is_empty', column };
  if (typeof value !== 'object') return { is: 'equals', column, value };
  // A group is of one record; a list of them makes no groups.
  return { is: 'equals', column, value: 'document' in value ? value.document : '' };
}
