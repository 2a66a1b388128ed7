import { expect, it } from 'vitest';
import type { WorkEntry, WorkLine } from '$lib/bindings';
import { visitWorks } from '../../src/lib/records/desk/visit_works';

function line(title: string, rows: readonly Pick<WorkEntry, 'visit' | 'hours'>[]): WorkLine {
  const nothing = { row: 'r', volume: null, period: null, who: null, at: null, note: null, is_mine: false };
  return {
    ...{ unit: null, is_planned: true, planned_volume: null, planned_hours: null, done_volume: '0' },
    ...{ left_volume: null, done_hours: '0', percent: null },
    work_kind: { document: title, kind: 'directory_entry', label: title, title },
    rows: rows.map((row) => ({ ...nothing, ...row })),
  };
}

it('tells of each visit of a card which works it did and in how many hours', () => {
  const works = [
    line('Заміна оливи', [
      { visit: 'a', hours: '0.6' },
      { visit: 'a', hours: '0.25' },
    ]),
    line('Чищення', [
      { visit: 'b', hours: null },
      { visit: 'a', hours: '1' },
    ]),
    line('Перевірка', []),
  ];
  expect([...visitWorks(works)]).toEqual([
    ['a', { kinds: ['Заміна оливи', 'Чищення'], hours: 1.85 }],
    ['b', { kinds: ['Чищення'], hours: 0 }],
  ]);
});
