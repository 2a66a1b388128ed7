/** Values as their page says them, for whoever reads what was written rather than the page it was written on. */
import type { AnswerKind, Coordinates, Kind, Linked, NamedRow, Scalar } from '$lib/bindings';
import { fullDate, moment, windowOf, windowOnDay } from '$lib/format/date';
import { money } from '$lib/format/money';
import { number } from '$lib/format/number';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';
import { choiceText } from './choices';
import { repeatsKept } from './repeats';

/** What values name, as the device sends it with them. */
export interface Names {
  links: readonly Linked[];
  rows: readonly NamedRow[];
}

const WINDOW = /^\d{4}-\d\d-\d\dT[^/]+\/\d{4}-/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MONEY = /^(-?\d+) ([A-Z]{3})$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Columns of decimals: their text is a number, and that of others may only look like one. */
const DECIMALS = ['volume', 'hours', 'hours_per_unit', 'weight', 'quantity', 'minimum', 'maximum', 'value'];

/** A value of a field or a column of a kind, in words. */
export function told(kind: Kind, column: string, value: Scalar, names: Names, today: string): string {
  if (value === null || value === '') return m.field_empty();
  if (typeof value === 'boolean') return value ? m.yes() : m.no();
  if (typeof value === 'number') return number(value);
  const row = names.rows.find((one) => one.row === value);
  if (row) return row.name || m.row_elsewhere();
  const meant = names.links.filter((link) => value.includes(link.document));
  if (meant.length > 0) return meant.map(named).join(', ');
  if (column === 'periodicity') return repeatsKept(value);
  if (/^[[{]/.test(value)) return grouped(column, value);
  const word = choiceText(kind, column, value);
  return word === value ? plain(column, value, today) : word;
}

/** «2,5», «08.06.2026»: a text that programs write, as people read it. */
function plain(column: string, text: string, today: string): string {
  if (WINDOW.test(text)) return windowOnDay(windowOf(text), today);
  if (INSTANT.test(text)) return moment(text, today);
  if (DATE.test(text)) return fullDate(text);
  if (DECIMALS.includes(column) && DECIMAL.test(text)) return number(text);
  const [, minor, currency] = MONEY.exec(text) ?? [];
  return minor && currency ? money({ minor: Number(minor), currency }) : text;
}

/** A list by its items, a place by its coordinates; nothing of what only programs read. */
function grouped(column: string, text: string): string {
  const read = parsed(text);
  // It only began like a group: the words of a person.
  if (read === undefined) return text;
  if (Array.isArray(read)) return read.map(String).join(', ');
  const { why = '', accepted, answer = '' } = (read ?? {}) as Group;
  if (column === 'withdrawn') return m.row_withdrawn({ why });
  if (column === 'decision')
    return [accepted ? m.wish_accepted() : m.wish_declined(), answer].filter(Boolean).join(': ');
  return column === 'coordinates' ? placeText(read) : '';
}

/** What is told of a withdrawal, and of what somebody decided about a wish. */
interface Group {
  why?: string;
  accepted?: boolean;
  answer?: string;
}

/** What a record keeps as a group of values; nothing when it is none. */
export function parsed(text: Scalar | undefined): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** «50.4501, 30.5234», as maps give a place. */
export function placeText(value: unknown): string {
  const { latitude_e6, longitude_e6 } = (value ?? {}) as Partial<Coordinates>;
  if (latitude_e6 === undefined || longitude_e6 === undefined) return '';
  return `${latitude_e6 / 1e6}, ${longitude_e6 / 1e6}`;
}

const ANSWERS: Partial<Record<string, () => string>> = { yes: m.yes, no: m.no, 'n/a': m.not_applicable };

/** An answer to a question of a checklist, which is kept as text whatever it answers. */
export function answerText(asked: AnswerKind | null | undefined, answer: string): string {
  if (asked === 'yes_no') return ANSWERS[answer]?.() ?? answer;
  return asked === 'number' && DECIMAL.test(answer) ? number(answer) : answer;
}
