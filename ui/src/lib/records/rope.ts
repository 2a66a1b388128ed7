/** «Стан на» as a rope from the first moment something was written until now, with a knot at each. */
import type { Instant } from '$lib/bindings';

/** Knots nearer than this, in percent of the rope, are drawn as one. */
const APART = 0.5;

/** The last of `moments`, oldest first, that was by then; before the first it is the first. */
export function placeAt(moments: readonly Instant[], at: Instant | undefined): number {
  if (at === undefined) return moments.length - 1;
  const then = Date.parse(at);
  return Math.max(
    0,
    moments.findLastIndex((moment) => Date.parse(moment) <= then),
  );
}

/** The one of `moments` nearest to a time in milliseconds. */
export function nearest(moments: readonly Instant[], ms: number): number {
  const away = moments.map((moment) => Math.abs(Date.parse(moment) - ms));
  return away.indexOf(Math.min(...away));
}

/** Where on the rope the knots are, in percent of it. */
export function knots(moments: readonly Instant[], end: number): number[] {
  const [first] = moments;
  if (first === undefined) return [];
  const start = Date.parse(first);
  const length = Math.max(1, end - start);
  const at = moments.map((moment) => ((Date.parse(moment) - start) / length) * 100);
  return [...new Set(at.map((percent) => Math.round(percent / APART) * APART))];
}
