/** The stops of a day on a flat sheet: no tiles, no network, true directions and distances. */
import type { DayVisit } from '$lib/bindings';

/** A stop on the sheet, numbered by its place in the day. */
export interface Knot {
  number: number;
  x: number;
  y: number;
  visit: DayVisit;
}

/** Stops at one place, which would hide one another: they share a mark. */
export interface Mark {
  x: number;
  y: number;
  knots: [Knot, ...Knot[]];
}

export interface Sheet {
  knots: Knot[];
  marks: Mark[];
  /** The bar of the scale: how long it is on the sheet and on the ground. */
  scale: { length: number; metres: number };
}

const METRES_PER_DEGREE = 111_320;
const MARGIN = 28;
/** Circles whose middles are nearer than this hide one the other. */
const NEAR = 14;
const NICE_METRES = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000];

/** Over, and not done: no green stands there. */
export const isUndone = ({ state, outcome }: DayVisit): boolean =>
  outcome === 'cannot_complete' || state === 'declined' || state === 'cancelled';

/** «1, 3–5»: numbers that follow one another are said by their ends, for there may be twenty. */
export function numbersText(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] + 1 === number) run[1] = number;
    else runs.push([number, number]);
  }
  const said = ([from, to]: [number, number]): string =>
    from === to ? String(from) : [from, to].join(to === from + 1 ? ', ' : '–');
  return runs.map(said).join(', ');
}

/** Lays the stops out on a sheet of the given size; nothing while fewer than two have a place. */
export function sheet(visits: readonly DayVisit[], width: number, height: number): Sheet | undefined {
  const placed = visits.flatMap((visit, index) => {
    const at = visit.address?.coordinates;
    if (!at) return [];
    return [{ number: index + 1, visit, latitude: at.latitude_e6 / 1e6, longitude: at.longitude_e6 / 1e6 }];
  });
  if (placed.length < 2) return undefined;
  const middle = placed.reduce((sum, one) => sum + one.latitude, 0) / placed.length;
  const narrowing = Math.cos((middle * Math.PI) / 180);
  const flat = placed.map((one) => ({
    ...one,
    east: one.longitude * METRES_PER_DEGREE * narrowing,
    south: -one.latitude * METRES_PER_DEGREE,
  }));
  const [west, east] = ends(flat.map((one) => one.east));
  const [north, south] = ends(flat.map((one) => one.south));
  const perMetre = Math.min(
    (width - 2 * MARGIN) / Math.max(east - west, 1),
    (height - 2 * MARGIN) / Math.max(south - north, 1),
  );
  const knots = flat.map(({ number, visit, east: x, south: y }) => ({
    number,
    visit,
    x: width / 2 + (x - (west + east) / 2) * perMetre,
    y: height / 2 + (y - (north + south) / 2) * perMetre,
  }));
  const longest = (width * 0.3) / perMetre;
  const metres = NICE_METRES.findLast((nice) => nice <= longest) ?? longest;
  return { knots, marks: marksOf(knots), scale: { length: metres * perMetre, metres } };
}

function marksOf(knots: readonly Knot[]): Mark[] {
  const marks: Mark[] = [];
  for (const knot of knots) {
    const mark = marks.find(({ x, y }) => Math.hypot(x - knot.x, y - knot.y) < NEAR);
    if (mark) mark.knots.push(knot);
    else marks.push({ x: knot.x, y: knot.y, knots: [knot] });
  }
  return marks;
}

function ends(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
