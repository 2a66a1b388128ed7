import { beforeEach, expect, it } from 'vitest';
import type { NamedRow, Scalar, TimelineEntry, TimelineWrite } from '$lib/bindings';
import { speak } from '$lib/words';
import { historyOf, toldOf } from '../../src/lib/records/history';
import { told } from '../../src/lib/records/told';

const RECORD = { document: 'r', kind: 'visit', label: 'V-1', title: '' } as const;
const NOBODY = { links: [], rows: [] };
const TODAY = '2026-11-23';

beforeEach(() => speak('uk'));

/** What a row added to a visit says in its history. */
function added(field: string, columns: Record<string, Scalar>, rows: NamedRow[] = []): string | undefined {
  const write: TimelineWrite = { path: { field }, what: { did: 'row', columns }, links: [], rows };
  return toldOf('visit', write, TODAY)?.to.replaceAll('\u00a0', ' ');
}

it('tells an answer by its question, in the words of the page', () => {
  const question = { row: 'q', name: 'Тиск у нормі', answer_kind: 'yes_no' } as const;
  const columns = { item: 'q', answer: 'yes', after: '["a"]', by: 'ivan', note: null };
  expect(added('checklist_answers', columns, [question])).toBe('Тиск у нормі – Так');
  expect(added('checklist_answers', { ...columns, answer: null }, [question])).toBe(
    'Тиск у нормі – без відповіді',
  );
  const line = { ...question, answer_kind: 'line' } as const;
  expect(added('checklist_answers', columns, [line])).toBe('Тиск у нормі – yes');
  expect(added('checklist_answers', columns)).toBe('питання, якого тут немає – yes');
});

it('tells dates, amounts and what is so by locale', () => {
  const action = { action_kind: 'corrective', text: 'Замінити', due: '2026-06-08', done: null };
  expect(added('actions', action)).toBe('Замінити, Коригувальна, строк 08.06.2026');
  const part = { direction: 'used', name: 'Ремінь', quantity: '2.5', serial: '2.5', warranty: true };
  expect(added('parts', part)).toBe('Ремінь, Використано, 2,5, 2.5, за гарантією');
  expect(told('complaint', 'compensation', '348000 UAH', NOBODY, TODAY)).toBe(
    '3 480,00 ₴'.replaceAll(' ', '\u00a0'),
  );
});

it('puts no comma after a sentence', () => {
  const action = { action_kind: 'corrective', text: 'Просить терпіння.', due: '2026-06-08', done: null };
  expect(added('actions', action)).toBe('Просить терпіння. Коригувальна, строк 08.06.2026');
});

it('keeps the comma after a unit and after initials', () => {
  const part = { direction: 'used', name: 'Ремінь', quantity: '2', unit: 'шт.', warranty: true };
  expect(added('parts', part)).toBe('Ремінь, Використано, 2 шт., за гарантією');
  const contact = { name: 'Петренко О. І.', position: null, role: 'головний інженер' };
  expect(added('contacts', contact)).toBe('Петренко О. І., головний інженер');
});

it('tells an amount with its unit, and hours as hours', () => {
  const unit = { document: 'pcs', kind: 'directory_entry', label: 'шт', title: 'шт' } as const;
  const write: TimelineWrite = {
    path: { field: 'works' },
    what: { did: 'row', columns: { hours: '41.5', unit: 'pcs', volume: '66', note: null } },
    links: [unit],
    rows: [],
  };
  expect(toldOf('visit', write, TODAY)?.to.replaceAll('\u00a0', ' ')).toBe('41,5 год, 66 шт');
});

it('says that a duplicate is none any more, rather than that nothing stands there', () => {
  const write: TimelineWrite = {
    path: { field: 'merged_into' },
    what: { did: 'value', from: ['other'], to: null },
    links: [{ document: 'other', kind: 'customer', label: 'C-1', title: 'ТОВ «Альфа»' }],
    rows: [],
  };
  const entry = {
    record: RECORD,
    change: 'c',
    by: null,
    device: null,
    made_ms: 0,
    arrived_ms: null,
    writes: [write],
  };
  expect(historyOf(RECORD, [entry], TODAY)[0]?.items[0]?.what).toBe('Дублікат знято: ТОВ «Альфа»');
});

it('tells on which device it was written, and of the office’s own work none', () => {
  const ivan = { document: 'ivan', kind: 'employee', label: 'E-1', title: 'Коваленко Іван' } as const;
  const made_ms = Date.parse('2026-11-24T09:00:00+02:00');
  const meta = (device: string, by: TimelineEntry['by']): string | undefined => {
    const entry = { record: RECORD, change: 'c', by, device, made_ms, arrived_ms: null, writes: [] };
    return historyOf(RECORD, [entry], TODAY, '0193f5a0-aaaa')[0]?.items[0]?.meta;
  };
  expect(meta('0193f5a0-aaaa', ivan)).toBe('09:00 · цей пристрій · ще не в офісі');
  expect(meta('0193f5a0-00c0ffee', ivan)).toBe('09:00 · пристрій …C0FFEE · ще не в офісі');
  expect(meta('0193f5a0-00c0ffee', null)).toBe('09:00 · ще не в офісі');
});

it('says how much more there is apart from a sentence', () => {
  const write = (field: string, to: string): TimelineWrite => ({
    path: { field },
    what: { did: 'value', from: [], to },
    links: [],
    rows: [],
  });
  const writes = [...['1', '2', '3'].map((to) => write('code', to)), write('note', 'Не той.')];
  const entry = { record: RECORD, change: 'c', by: null, device: null, made_ms: 0, arrived_ms: null };
  const said = (all: TimelineWrite[]): string | undefined =>
    historyOf(RECORD, [{ ...entry, writes: all }], TODAY)[0]?.items[0]?.what;
  expect(said([...writes, write('code', '5')])).toMatch(/; .*Не той\. · ще 1/);
});

it('tells an address by its name, and a missing one as such, never by its id', () => {
  const rows = [
    { row: 'one', name: 'Житомир, вул. Промислова, 14' },
    { row: 'other', name: '' },
  ];
  const says = (row: string): string => told('visit', 'site', row, { links: [], rows }, TODAY);
  expect(says('one')).toBe('Житомир, вул. Промислова, 14');
  expect(says('other')).toBe('немає на цьому пристрої');
});

it('tells what was taken out, and what became of a wish', () => {
  const withdrawn = '{"at":"2026-11-20T10:00:00+02:00","by":"ivan","why":"помилка"}';
  expect(told('visit', 'withdrawn', withdrawn, NOBODY, TODAY)).toBe('прибрано: помилка');
  const wish = { path: 'duration_minutes', value: '{"value":90}', why: 'складний доступ', at: null };
  expect(added('proposals', wish)).toBe('Тривалість – 90, складний доступ');
  expect(told('visit', 'decision', '{"accepted":false,"answer":"не зараз"}', NOBODY, TODAY)).toBe(
    'відхилено: не зараз',
  );
});

it('tells that a record was withdrawn, why, and that it came back', () => {
  const said = (to: Scalar): string | undefined => {
    const writes: TimelineWrite[] = [
      { path: { field: 'withdrawn' }, what: { did: 'value', from: [], to }, links: [], rows: [] },
    ];
    const entry = {
      record: RECORD,
      change: 'c',
      by: null,
      device: null,
      made_ms: 0,
      arrived_ms: null,
      writes,
    };
    return historyOf(RECORD, [entry], TODAY)[0]?.items[0]?.what;
  };
  expect(said('{"at":"2026-11-20T10:00:00+02:00","by":"ivan","why":"не той"}')).toBe(
    'Запис відкликано: не той',
  );
  expect(said(null)).toBe('Запис повернуто');
});

it('leads to the record of another page that it happened to, and shows what sort of thing it was', () => {
  const wrote = (field: string, columns: Record<string, Scalar>): TimelineEntry => ({
    ...{ record: RECORD, change: 'c', by: null, device: null, made_ms: 0, arrived_ms: null },
    writes: [{ path: { field, row: 'x' }, what: { did: 'row', columns }, links: [], rows: [] }],
  });
  const item = (entry: TimelineEntry, page = 'card') =>
    historyOf({ document: page, kind: 'service_card' }, [entry], TODAY)[0]?.items[0];
  const started = wrote('events', { what: 'work_started' });
  expect(item(started)?.of).toEqual({ label: 'V-1', href: '#/visits/r' });
  expect(item(started, 'r')?.of).toBeUndefined();
  expect(item(started)).toMatchObject({ icon: 'play', tone: 'state-in-progress' });
  expect(item(wrote('works', { volume: '1' }))).toMatchObject({ icon: 'done', tone: 'state-completed' });
  expect(item(wrote('photos', { caption: 'До' }))?.icon).toBe('camera');
  const corrected: TimelineEntry = {
    ...wrote('works', {}),
    writes: [
      {
        path: { field: 'works', row: 'x', column: 'hours' },
        what: { did: 'value', from: ['1'], to: '2' },
        links: [],
        rows: [],
      },
    ],
  };
  expect(item(corrected)?.icon).toBe('pen');
});
