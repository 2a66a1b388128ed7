/** Dates and times as people read them, on the clock of this device. */
import { type CalendarDate, parseDate } from '@internationalized/date';
import { locale, m } from '$lib/words';
import { NBSP } from './number';

/** An instant in canonical text: `2026-03-02T09:00:00+02:00`. */
export type Instant = string;
/** A day in canonical text: `2026-03-02`. */
export type LocalDate = string;

/** From when to when. */
export interface TimeWindow {
  from: Instant;
  to: Instant;
}

/** A window as records write it: two instants and a slash between them. */
export type WindowText = string;

export function windowOf(text: WindowText): TimeWindow {
  const [from = '', to = from] = text.split('/');
  return { from, to };
}

export function windowText({ from, to }: TimeWindow): WindowText {
  return `${from}/${to}`;
}

/** English dates are written day first here, as everywhere outside America. */
function language(): string {
  return locale() === 'en' ? 'en-GB' : locale();
}

const made = new Map<string, Intl.DateTimeFormat>();

/** What stands for a moment that is none: a page is to be read whatever a record or a draft says. */
const NO_MOMENT = '—';

function write(moment: Date, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(moment.getTime())) return NO_MOMENT;
  const key = `${language()} ${JSON.stringify(options)}`;
  const format = made.get(key) ?? new Intl.DateTimeFormat(language(), options);
  made.set(key, format);
  return format.format(moment);
}

function noon(date: LocalDate): Date {
  return new Date(`${date}T12:00:00`);
}

/** Whether a text is a moment of time. */
export function isMoment(instant: Instant): boolean {
  return !Number.isNaN(Date.parse(instant));
}

/** A day as a calendar shows it; nothing for a text that is none. */
export function dateOf(date: LocalDate): CalendarDate | undefined {
  try {
    return parseDate(date);
  } catch {
    return undefined;
  }
}

/** The day of an instant on this device's clock. */
export function dayOf(instant: Instant | Date): LocalDate {
  const moment = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** The day `days` later. */
export function plusDays(date: LocalDate, days: number): LocalDate {
  const moment = noon(date);
  moment.setDate(moment.getDate() + days);
  return dayOf(moment);
}

/** How many days later `to` is than `from`. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  // Rounded, for a day of a clock change has 23 or 25 hours.
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** «Понеділок, 23 листопада», the title of a day. */
export function dayTitle(date: LocalDate): string {
  const text = write(noon(date), { weekday: 'long', day: 'numeric', month: 'long' });
  const title = text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
  return title.replace(/(\d+) /, `$1${NBSP}`);
}

/** «24 листопада». */
export function dayAndMonth(date: LocalDate): string {
  return write(noon(date), { day: 'numeric', month: 'long' }).replace(/(\d+) /, `$1${NBSP}`);
}

/** «14.03.2027», in English “14/03/2027”. */
export function fullDate(date: LocalDate): string {
  return write(noon(date), { day: '2-digit', month: '2-digit', year: 'numeric' });
}

/** «23.11», in English “23/11”. */
export function shortDate(date: LocalDate): string {
  return write(noon(date), { day: '2-digit', month: '2-digit' });
}

/** «10:30». */
export function time(instant: Instant): string {
  return write(new Date(instant), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** «10:30–12:30», and over midnight «22:00–24.11 02:00»; on one line always. */
export function timeSpan({ from, to }: TimeWindow): string {
  const day = dayOf(to) === dayOf(from) ? '' : `${shortDate(dayOf(to))}${NBSP}`;
  return `${time(from)}\u2060–\u2060${day}${time(to)}`;
}

/** «сьогодні», «завтра», «вчора», or the short date; with the year when it is another one. */
export function relativeDay(date: LocalDate, today: LocalDate): string {
  if (date === today) return m.day_today();
  if (date === plusDays(today, 1)) return m.day_tomorrow();
  if (date === plusDays(today, -1)) return m.day_yesterday();
  return date.slice(0, 4) === today.slice(0, 4) ? shortDate(date) : fullDate(date);
}

/** «сьогодні 13:52», «21.11 10:00». */
export function moment(instant: Instant, today: LocalDate): string {
  return `${relativeDay(dayOf(instant), today)}${NBSP}${time(instant)}`;
}

/** «07.12, 09:00–11:00»; with the year when it is another one than today's. */
export function windowOnDay(window: TimeWindow, today: LocalDate): string {
  const day = dayOf(window.from);
  const said = day.slice(0, 4) === today.slice(0, 4) ? shortDate(day) : fullDate(day);
  return `${said},${NBSP}${timeSpan(window)}`;
}

/** The instant at a local date and clock time (`09:00` or `09:00:00`), in canonical text. */
export function instantAt(date: LocalDate, clock: string): Instant {
  return canonical(new Date(`${date}T${clock}`));
}

/** An instant in canonical text with this device's offset, to the second. */
export function canonical(moment: Date): Instant {
  const offset = -moment.getTimezoneOffset();
  const two = (value: number): string => String(value).padStart(2, '0');
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const away = Math.abs(offset);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}
