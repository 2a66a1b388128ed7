import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import type { JournalGroup, ListQuery } from '$lib/bindings';
import { speak } from '$lib/words';
import { sumsOf, valueText } from '../../src/features/journal/groups';

const QUERY: ListQuery = {
  kind: 'visit',
  columns: [],
  filters: [],
  sort: [],
  page: { after: null, limit: 1 },
  search: null,
  show: 'standing',
};

/** An app whose journal has these groups; of each, so many rows have a percent. */
function app(groups: JournalGroup[], measured: readonly number[]): App {
  const ask = (_: string, { sums }: { sums: string[] }): Promise<JournalGroup[]> =>
    Promise.resolve(
      sums.length > 0 ? groups : groups.map((one, at) => ({ ...one, count: measured[at] ?? 0 })),
    );
  return { ask } as unknown as App;
}

it('adds up all groups of a journal, of percents the mean of those rows that have one', async () => {
  speak('uk');
  const groups = [
    { value: 'new', count: 10, sums: [90, 10_000] },
    { value: 'closed', count: 5, sums: [30, 20_000] },
    { value: 'cancelled', count: 2, sums: [null, null] },
  ];
  const sums = await sumsOf(app(groups, [1, 3, 0]), QUERY, {
    by: 'state',
    sums: ['duration_minutes', 'percent'],
  });
  expect(sums?.map(valueText)).toEqual(['2\u00a0год', '75\u00a0%']);
});

it('says nothing of what no row has', async () => {
  speak('uk');
  const groups = [{ value: 'new', count: 10, sums: [null, null] }];
  const sums = await sumsOf(app(groups, [0]), QUERY, { by: 'state', sums: ['duration_minutes', 'percent'] });
  expect(sums).toEqual([]);
});
