import { describe, expect, it } from 'vitest';
import { sheet } from '../../src/features/today/route';
import { shellOf } from '../../src/routes/shell';
import { placeOf } from '../../src/routes/places';
import { DEMO_DATE, dayOff, morning } from '../memory/demo';
import { MemoryBackend } from '../memory/memory';

describe('the route of a day', () => {
  it('puts every stop on the sheet, the scale with them, north up and east right', async () => {
    const { visits } = await new MemoryBackend(morning).day(DEMO_DATE);
    const plan = sheet(visits, 316, 176);
    expect(plan?.knots.map((knot) => knot.number)).toEqual([1, 2, 3, 4, 5]);
    for (const { x, y } of plan?.knots ?? []) {
      expect(x >= 28 && x <= 288 && y >= 28 && y <= 148).toBe(true);
    }
    const [first, second] = plan?.knots ?? [];
    expect(first && second && second.x > first.x && second.y < first.y).toBe(true);
    expect(plan?.scale.metres).toBe(10_000);
  });
  it('is no map while fewer than two stops have a place', () => {
    expect(sheet([], 316, 176)).toBeUndefined();
  });
});

describe('a day', () => {
  it('names the next day with visits', async () => {
    const day = await new MemoryBackend(dayOff).day(DEMO_DATE);
    expect([day.visits.length, day.next?.date, day.next?.visits]).toEqual([0, '2026-11-24', 4]);
  });
});

describe('the shell', () => {
  it('is chosen by role and width', () => {
    expect(shellOf(['technician'], 1920)).toBe('field');
    expect(shellOf(['dispatcher'], 1366)).toBe('office');
    expect(shellOf(['technician', 'dispatcher'], 1366)).toBe('office');
    expect(shellOf(['dispatcher'], 800)).toBe('field');
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
