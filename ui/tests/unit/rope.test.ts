import { expect, it } from 'vitest';
import { knots, nearest, placeAt } from '../../src/lib/records/rope';

const MOMENTS = ['2026-11-20T08:00:00+02:00', '2026-11-20T09:00:00+02:00', '2026-11-20T12:00:00+02:00'];
const at = (clock: string): string => `2026-11-20T${clock}:00+02:00`;

it('stands at the last change that was written by then', () => {
  expect([undefined, at('11:59'), at('09:00'), at('07:00')].map((one) => placeAt(MOMENTS, one))).toEqual([
    2, 1, 1, 0,
  ]);
});

it('is taken to the nearest knot', () => {
  expect(nearest(MOMENTS, Date.parse(at('10:20')))).toBe(1);
  expect(nearest(MOMENTS, Date.parse(at('10:40')))).toBe(2);
});

it('has a knot where something was written, and one for what was written at nearly the same time', () => {
  const [first = ''] = MOMENTS;
  const close = [first, '2026-11-20T08:00:01+02:00', ...MOMENTS.slice(1)];
  expect(knots(close, Date.parse(at('16:00')))).toEqual([0, 12.5, 50]);
  expect(knots([], 0)).toEqual([]);
});
