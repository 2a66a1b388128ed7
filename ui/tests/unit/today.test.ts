import { beforeEach, describe, expect, it } from 'vitest';
import { ownVisitLook } from '$lib/components/look';
import { speak } from '$lib/words';
import type { AddressView, DayVisit } from '$lib/bindings';
import { lacks } from '../../src/features/today/readiness';
import { isUndone, numbersText, sheet } from '../../src/features/today/route';
import { shellOf } from '../../src/routes/shell';
import { placeOf } from '../../src/routes/places';

beforeEach(() => speak('uk'));

function address(latitude_e6: number, longitude_e6: number, access_notes: string | null = null): AddressView {
  return {
    row: '',
    kind: 'site',
    label: null,
    postal_code: null,
    settlement: null,
    street: null,
    access_notes,
    coordinates: { latitude_e6, longitude_e6 },
  };
}

/** A visit of a day, of which a test names what it is about. */
function visit(about: Partial<DayVisit>): DayVisit {
  return {
    link: { document: 'visit', kind: 'visit', label: 'V-1', title: '' },
    state: 'dispatched',
    outcome: null,
    is_overdue: false,
    standing: 'in_office',
    window: null,
    way: { travel_started: null, arrived: null, work_started: null, finished: null },
    phase: 'ahead',
    duration_minutes: null,
    customer: null,
    address: null,
    way_m: null,
    contact: null,
    customer_phones: [],
    equipment: null,
    card: null,
    instructions: '',
    planned_works: 0,
    planned_hours: '0',
    checklist_items: 0,
    next: 'travel_started',
    missing: [],
    attention: 0,
    ...about,
  };
}

describe('a visit of the day', () => {
  it('is on the way until one is there', () => {
    const travelling = { state: 'travelling', way: visit({}).way } as const;
    expect(ownVisitLook(travelling).word).toBe('У дорозі');
    const there = { ...travelling.way, arrived: '2026-11-23T09:00:00+02:00' };
    expect(ownVisitLook({ ...travelling, way: there }).word).toBe('На місці');
    expect(ownVisitLook({ state: 'in_progress', way: there }).word).toBe('У роботі');
  });
});

describe('a visit that is over', () => {
  it('is green only when something was done', () => {
    const over = (about: Partial<DayVisit>): boolean => isUndone(visit({ phase: 'over', ...about }));
    expect(over({ state: 'cannot_complete', outcome: 'cannot_complete' })).toBe(true);
    expect(over({ state: 'closed', outcome: 'cannot_complete' })).toBe(true);
    expect(over({ state: 'declined' })).toBe(true);
    expect(over({ state: 'completed_partly', outcome: 'completed_partly' })).toBe(false);
  });
});

describe('the route of a day', () => {
  it('puts every stop on the sheet, the scale with them, north up and east right', () => {
    const places = [
      address(50_240_000, 28_620_000),
      address(50_295_000, 28_720_000),
      address(50_270_000, 28_850_000),
    ];
    const plan = sheet([...places.map((one) => visit({ address: one })), visit({})], 316, 176);
    expect(plan?.knots.map((knot) => knot.number)).toEqual([1, 2, 3]);
    for (const { x, y } of plan?.knots ?? []) {
      expect(x >= 28 && x <= 288 && y >= 28 && y <= 148).toBe(true);
    }
    const [first, second] = plan?.knots ?? [];
    expect(first && second && second.x > first.x && second.y < first.y).toBe(true);
    expect(plan?.scale.metres).toBe(5_000);
  });
  it('says of stops at one place both numbers in one mark', () => {
    const [there, elsewhere] = [address(50_240_000, 28_620_000), address(50_295_000, 28_720_000)];
    const visits = [there, elsewhere, there].map((one) => visit({ address: one }));
    const plan = sheet(visits, 316, 176);
    const numbers = plan?.marks.map(({ knots }) => knots.map(({ number }) => number));
    expect(numbers).toEqual([[1, 3], [2]]);
  });

  it('says numbers that follow one another by their ends', () => {
    expect(numbersText([2])).toBe('2');
    expect(numbersText([2, 3])).toBe('2, 3');
    expect(numbersText([1, 3, 4, 5, 9, 10, 12])).toBe('1, 3–5, 9, 10, 12');
  });

  it('is no map while fewer than two stops have a place', () => {
    expect(sheet([visit({ address: address(50_240_000, 28_620_000) }), visit({})], 316, 176)).toBeUndefined();
  });
});

describe('the readiness of a day', () => {
  it('names each thing once with its stops, and how to get in for every address', () => {
    const found = lacks([
      visit({ missing: ['acceptance'] }),
      visit({
        missing: ['acceptance', 'access_to_arrange'],
        address: address(0, 0, 'Перепустка на вході'),
      }),
      visit({}),
    ]);
    expect(found.map(({ text, stops }) => [text, stops])).toEqual([
      ['Прийняти виїзд', [1, 2]],
      ['Домовитися про доступ: Перепустка на вході', [2]],
    ]);
  });
});

describe('the shell', () => {
  it('is chosen by the work and the width', () => {
    expect(shellOf(false, 1920)).toBe('field');
    expect(shellOf(true, 1366)).toBe('office');
    expect(shellOf(true, 800)).toBe('office');
    expect(shellOf(true, 412)).toBe('field');
  });
});

describe('an address', () => {
  it('leads to its place, and a wrong one to today', () => {
    expect(placeOf('/visits/0190')).toEqual({ at: 'visit', id: '0190' });
    expect(placeOf('/days/2026-11-24')).toEqual({ at: 'day', date: '2026-11-24' });
    expect(placeOf('/days/tomorrow')).toEqual({ at: 'today' });
    expect(placeOf('/nowhere')).toEqual({ at: 'today' });
  });
});
