/** How long something takes or took. */
import { m } from '$lib/words';
import { column, NBSP, number } from './number';

/** «6 год 50 хв», «2 год», «50 хв». */
export function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const parts = [];
  if (hours > 0) parts.push(`${number(hours)}${NBSP}${m.unit_hours()}`);
  if (rest > 0 || hours === 0) parts.push(`${rest}${NBSP}${m.unit_minutes()}`);
  return parts.join(NBSP);
}

/** As [`duration`] while hours tell something, days from two of them on: «3 дні». */
export function elapsed(minutes: number): string {
  const days = Math.floor(minutes / (24 * 60));
  return days < 2 ? duration(minutes) : m.unit_days({ count: days });
}

/** «1:12»: hours and minutes that run. */
export function running(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`;
}

/** Decimal hours of plans and of what was done are read to a tenth everywhere; what is edited shows all of them. */
const HOUR_DIGITS = 1;

/** «0,5 год», «4 год». */
export function hours(value: string | number): string {
  return `${number(value, HOUR_DIGITS)}${NBSP}${m.unit_hours()}`;
}

/** «4,0»: decimal hours in a column of such hours. */
export const hoursColumn = (value: string | number): string => column(value, HOUR_DIGITS);

/** «26 км». */
export function kilometres(metres: number): string {
  return `${number(Math.round(metres / 1000))}${NBSP}${m.unit_kilometres()}`;
}

/** «0:30»: minutes and seconds of a short wait. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
