import { expect, it } from 'vitest';
import { WORKLISTS, WorkCounts } from '$features/journal/worklists.svelte';
import type { App } from '$lib/app/app.svelte';
import type { ListQuery } from '$lib/bindings';

const known = [
  { name: 'state', holds: 'choice' },
  { name: 'overdue_from', holds: 'moment' },
  { name: 'specialists', holds: 'links' },
  { name: 'conflicts', holds: 'number' },
];

it('keeps a count that cannot be read, and asks again for columns it did not get', async () => {
  let broken = false;
  const filters: number[] = [];
  const app = {
    ask: (call: string, asked: Pick<ListQuery, 'filters'>) => {
      if (broken) return Promise.resolve(undefined);
      if (call === 'journal_columns') return Promise.resolve(known);
      filters.push(asked.filters.length);
      return Promise.resolve({ count: 7 });
    },
    onChange: (heard: () => void) => {
      changed = heard;
      return () => undefined;
    },
  };
  let changed = (): void => undefined;
  const counts = new WorkCounts(app as unknown as App);
  broken = true;
  const close = counts.open();
  await new Promise((done) => setTimeout(done));
  broken = false;
  changed();
  const all = (): number[] => WORKLISTS.map((list) => counts.of(list));
  await expect.poll(all, { timeout: 5000 }).toEqual(WORKLISTS.map(() => 7));
  expect(Math.min(...filters)).toBeGreaterThan(0);
  broken = true;
  changed();
  await new Promise((done) => setTimeout(done, 600));
  expect(all()).toEqual(WORKLISTS.map(() => 7));
  close();
});
