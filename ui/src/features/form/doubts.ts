/** Dates that may be, but are hardly meant: a year was typed wrong. */
import { dayOf, type LocalDate, plusDays, windowOf, type WindowText } from '$lib/format/date';
import { m } from '$lib/words';

const YEAR = 365;
/** Nothing older is served anywhere. */
const FIRST_INSTALLED = '1950-01-01';

/** Of when a visit is planned. Days are compared as text, for all have the same length. */
export function windowDoubt(window: WindowText, today: LocalDate): string | undefined {
  const day = dayOf(windowOf(window).from);
  if (day < plusDays(today, -YEAR)) return m.doubt_long_ago();
  return day > plusDays(today, 10 * YEAR) ? m.doubt_far_ahead() : undefined;
}

/** Of when an object was installed. */
export function installedDoubt(day: LocalDate, today: LocalDate): string | undefined {
  if (day < FIRST_INSTALLED) return m.doubt_installed_early();
  return day > today ? m.doubt_installed_ahead() : undefined;
}
