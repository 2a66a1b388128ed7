import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import type { JournalRow, Linked, ListQuery } from '$lib/bindings';
import { DeskDay } from '../../src/features/today/desk.svelte';

const person = (title: string): Linked => ({ document: title, kind: 'employee', label: '', title });
const olena = person('Олена Бойко');
const andrii = person('Андрій Ярема');

const row = (label: string, state: string, hour: number, ...specialists: Linked[]): JournalRow => {
  const start = Date.parse(`2026-11-23T${String(hour).padStart(2, '0')}:00:00`) / 1000;
  return { document: label, cells: [label, null, null, state, specialists, start, 0, null] };
};

it('puts a day by who goes: nobody first, two specialists in the lane of each, cancelled ones nowhere', async () => {
  const rows = [
    row('1', 'completed_partly', 8, olena),
    row('2', 'in_progress', 9, olena, andrii),
    row('3', 'new', 10),
    row('4', 'cancelled', 11, andrii),
    row('5', 'dispatched', 23, olena),
  ];
  const asked: ListQuery[] = [];
  const ask = (_: string, query: ListQuery): Promise<unknown> => {
    asked.push(query);
    return Promise.resolve({ rows, next: null });
  };
  const app = { ask, onChange: () => () => undefined } as unknown as App;
  const day = new DeskDay(app, '2026-11-23');
  day.open()();
  await expect.poll(() => day.jobs?.length).toBe(4);
  const lanes = day.lanes.map((lane) => ({
    who: lane.specialist?.title,
    jobs: lane.jobs.map(({ label }) => label),
    over: lane.over,
  }));
  expect(lanes).toEqual([
    { who: undefined, jobs: ['3'], over: 0 },
    { who: 'Андрій Ярема', jobs: ['2'], over: 0 },
    { who: 'Олена Бойко', jobs: ['1', '2', '5'], over: 1 },
  ]);
  // A visit of two is one visit.
  expect([day.over, day.underWay, day.isCut]).toEqual([1, 1, false]);
  const [from, to] = ['2026-11-23T00:00:00', '2026-11-24T00:00:00'].map((at) => Date.parse(at) / 1000);
  expect(asked[0]?.filters).toEqual([{ is: 'between', column: 'window_start', from, to: (to ?? 0) - 1 }]);
});
