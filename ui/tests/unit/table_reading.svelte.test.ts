/** A table of very many lines reads those near the screen. */
import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { afterEach, expect, it, vi } from 'vitest';
import { JournalLines, Part } from '$features/journal/rows.svelte';
import type { ListQuery } from '$lib/bindings';
import Table from '$lib/components/table/Table.svelte';
import { TableState } from '$lib/components/table/table.svelte';
import './sizeless';

const QUERY: ListQuery = {
  kind: 'visit',
  columns: [],
  filters: [],
  sort: [],
  page: { after: null, limit: 1 },
  search: null,
  show: 'standing',
};
const COUNT = 100_000;

let table: object | undefined;
afterEach(async () => {
  if (table) await unmount(table);
  table = undefined;
});

it.each([false, true])('asks for no row far from the screen, in groups: %s', async (grouped) => {
  const asked = vi.fn(() => Promise.resolve({ rows: [], next: null }));
  const parts = ['one', 'other'].map((id) => {
    return new Part({ id, title: id, note: '', count: COUNT }, QUERY, asked);
  });
  const lines = new JournalLines(parts, grouped, () => true);
  const read = vi.spyOn(lines, 'at');
  table = mount(Table, {
    target: document.body,
    props: {
      label: 'visits',
      columns: [{ id: 'label', title: 'Number', width: 100 }],
      lines,
      state: new TableState(),
      rowHeight: 32,
      cell: createRawSnippet(() => ({ render: () => '<span></span>' })),
    },
  });
  flushSync();
  await Promise.resolve();
  expect(lines.length).toBe(2 * COUNT + (grouped ? 2 : 0));
  expect(Math.max(...read.mock.calls.map(([index]) => index))).toBeLessThan(100);
  const height = (grouped ? 2 * 30 : 0) + 2 * COUNT * 32;
  expect(document.querySelector<HTMLElement>('.lines')?.style.height).toBe(`${height}px`);
});

it('finds each line in its part, of open, closed and empty groups', () => {
  const asked = (): Promise<undefined> => Promise.resolve(undefined);
  const parts = [3, 0, 2].map(
    (count, at) => new Part({ id: `${at}`, title: '', note: '', count }, QUERY, asked),
  );
  const open = new SvelteSet(['0', '1', '2']);
  const lines = new JournalLines(parts, true, (id) => open.has(id));
  const shape = (): (number | undefined)[] => Array.from({ length: lines.length }, (_, at) => lines.head(at));
  expect(shape()).toEqual([0, 0, 0, 0, 4, 5, 5, 5]);
  expect([...lines.heads]).toEqual([0, 4, 5]);
  open.delete('0');
  expect(shape()).toEqual([0, 1, 2, 2, 2]);
  expect(lines.at(1)).toMatchObject({ kind: 'group', id: '1' });
  expect(lines.at(5)).toBeUndefined();
});
