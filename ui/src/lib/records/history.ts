/** What happened to a record, as a timeline: who, what, when, on which device, since when in the office. */
import { link, recordPath } from '$lib/app/paths';
import type { FieldPath, Kind, Linked, Scalar, TimelineEntry, TimelineWrite } from '$lib/bindings';
import { canonical, dayAndMonth, dayOf, fullDate, type LocalDate, moment, time } from '$lib/format/date';
import { hours } from '$lib/format/duration';
import { quantity } from '$lib/format/number';
import type { IconName } from '$lib/icons/names';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';
import { deviceText } from './devices';
import { fieldText } from './fields';
import { entryLook } from './history_look';
import { answerText, type Names, parsed, told } from './told';

export interface HistoryItem {
  id: string;
  icon: IconName;
  tone?: string;
  who?: string;
  what: string;
  meta: string;
  /** The record it happened to, where that is another than the page's. */
  of?: { label: string; href: string };
}

/** Changes of one day, newest first. */
export interface HistoryDay {
  day: LocalDate;
  title: string;
  items: HistoryItem[];
}

/** Values beyond this many are told by how many there are. */
const TOLD = 4;
/** Written with every record or row, or for programs alone; nobody means them. */
const SILENT = [
  'author',
  'by',
  'at',
  'position',
  'facts_seen',
  'weight',
  'after',
  'visit_heads',
  'card_heads',
  'image',
  'moment',
];

/** `page` is the record on whose page it is read, `own` the device in the reader's hands. */
export function historyOf(
  page: Pick<Linked, 'document'> & { kind: Kind },
  entries: readonly TimelineEntry[],
  today: LocalDate,
  own?: string,
): HistoryDay[] {
  const days = new Map<LocalDate, HistoryDay>();
  for (const entry of entries) {
    const day = dayOf(new Date(entry.made_ms));
    const known = days.get(day) ?? { day, title: dayName(day, today), items: [] };
    known.items.push(itemOf(page, entry, today, own));
    days.set(day, known);
  }
  return [...days.values()];
}

function dayName(day: LocalDate, today: LocalDate): string {
  if (day === today) return m.today();
  return day.slice(0, 4) === today.slice(0, 4) ? dayAndMonth(day) : fullDate(day);
}

function itemOf(
  page: Parameters<typeof historyOf>[0],
  entry: TimelineEntry,
  today: LocalDate,
  own: string | undefined,
): HistoryItem {
  const { record } = entry;
  const kind = record.kind ?? page.kind;
  const path = record.document === page.document ? undefined : recordPath(record);
  const said = entry.writes.flatMap((write) => said_of(kind, write, today) ?? []);
  const more = said.length - TOLD;
  const what = inLine(said.slice(0, TOLD), '; ').text;
  // The office numbers records by itself, on no device that people have.
  const isByPerson = entry.by?.kind === 'employee';
  const device = isByPerson && entry.device !== null ? deviceText(entry.device, own) : '';
  return {
    // Two records may begin with one and the same change.
    id: `${record.document} ${entry.change}`,
    ...entryLook(entry),
    ...(path !== undefined && { of: { label: record.label, href: link(path) } }),
    who: isByPerson ? named(entry.by) : m.history_office(),
    what: (more > 0 ? `${what} · ${m.history_more({ count: more })}` : what) || m.history_made(),
    meta: [time(canonical(new Date(entry.made_ms))), device, arrived(entry, today)]
      .filter(Boolean)
      .join(' · '),
  };
}

function arrived({ arrived_ms }: TimelineEntry, today: LocalDate): string {
  if (arrived_ms === null) return m.conflict_not_arrived();
  return m.conflict_arrived({ when: moment(canonical(new Date(arrived_ms)), today) });
}

/** «Пріоритет: Звичайний → Терміновий»; nothing for what nobody means. */
function said_of(kind: Kind, write: TimelineWrite, today: LocalDate): Part | undefined {
  const { path, what } = write;
  if (path.field === 'withdrawn' && what.did === 'value') return typed(withdrawnText(what.to));
  const said = toldOf(kind, write, today);
  if (!said) return undefined;
  const { field, from, to, ends } = said;
  if (path.field === 'merged_into' && what.did === 'value' && what.to === null)
    return word(m.history_merge_undone({ from }));
  if (write.what.did === 'text') return word(m.history_text({ field }));
  // What only programs read: that it is another is all there is to say.
  if (to === '')
    return word(write.what.did === 'row' ? m.history_added({ field }) : m.history_changed({ field }));
  // A step says by itself what happened.
  const text = write.path.field === 'events' ? to : `${field}: ${from ? `${from} → ${to}` : to}`;
  return { text, ends };
}

/** The record itself was withdrawn, or brought back. */
function withdrawnText(to: Scalar): string {
  if (to === null) return m.done_record_restored();
  const { why } = (parsed(to) ?? {}) as { why?: string };
  return [m.done_record_withdrawn(), why].filter(Boolean).join(': ');
}

/** One thing written, in words. */
export interface ToldWrite {
  field: string;
  /** What stood there; empty where nothing did. */
  from: string;
  to: string;
}

interface Said extends ToldWrite {
  /** How `to` ends. */
  ends: Part['ends'];
}

/** What was written where; nothing for what nobody means. */
export function toldOf(kind: Kind, write: TimelineWrite, today: LocalDate): Said | undefined {
  const { path, what } = write;
  if (SILENT.includes(path.field) || SILENT.includes(path.column ?? '')) return undefined;
  const field = fieldText(path);
  switch (what.did) {
    case 'value': {
      const say = (one: Scalar): string => told(kind, path.column ?? path.field, one, write, today);
      const stood = what.from.filter((one) => one !== null && one !== '').map(say);
      return { field, from: stood.join(', '), to: say(what.to), ends: endsOf(path.column ?? path.field) };
    }
    case 'text':
      return { field, from: what.from, to: what.to, ends: 'as_typed' };
    case 'row': {
      const { text, ends } = rowPart(kind, path.field, what.columns, write, today);
      return { field, from: '', to: text, ends };
    }
  }
}

type Columns = Record<string, Scalar>;

/** A row added to a field, on one line. */
export function rowText(...row: Parameters<typeof rowPart>): string {
  return rowPart(...row).text;
}

function rowPart(kind: Kind, field: string, columns: Columns, names: Names, today: LocalDate): Part {
  if (field === 'checklist_answers') return answered(columns, names);
  if (field === 'proposals') return wished(kind, columns, names, today);
  const said = Object.entries(counted(columns, names))
    .filter(([name, value]) => !SILENT.includes(name) && value !== null && value !== false)
    .toSorted(([one], [other]) => placeInRow(one) - placeInRow(other))
    .map(([name, value]) => ({
      text: cellText(name, value, told(kind, name, value, names, today)),
      ends: endsOf(name),
    }));
  return inLine(said);
}

/** An amount stands with its unit, as one says it: «41,5 шт». */
function counted(columns: Columns, { links }: Names): Columns {
  const { unit, ...others } = columns;
  const called = typeof unit === 'string' ? links.find(({ document }) => document === unit) : undefined;
  const amount = AMOUNTS.find((name) => typeof others[name] === 'string');
  if (unit === undefined || unit === null || amount === undefined) return columns;
  const of = called ? named(called) : String(unit);
  return { ...others, [amount]: quantity(String(others[amount]), of) };
}

/** What is said of one thing. */
interface Part {
  text: string;
  /** What a person typed may end as a sentence; a full stop of a word is one of «шт.» or of initials. */
  ends: 'as_typed' | 'as_word';
}

const typed = (text: string): Part => ({ text, ends: 'as_typed' });
const word = (text: string): Part => ({ text, ends: 'as_word' });

/** Columns that a unit is of. */
const AMOUNTS = ['volume', 'quantity'];

/** What people write sentences in. */
const TYPED = ['text', 'note', 'why', 'withdrawn', 'decision'];
const endsOf = (column: string): Part['ends'] => (TYPED.includes(column) ? 'as_typed' : 'as_word');

/** One after the other; what ends as a sentence has its mark already. */
function inLine(parts: readonly Part[], mark = ', '): Part {
  return parts
    .filter(({ text }) => text !== '')
    .reduce((line, { text, ends }) => {
      const isSentence = line.ends === 'as_typed' && /[.!?…]$/.test(line.text);
      return { text: line.text + (line.text && (isSentence ? ' ' : mark)) + text, ends };
    }, word(''));
}

/** What a row is called by, in this order. */
const CALLED = [
  'what',
  'message_kind',
  'name',
  'surname',
  'given_name',
  'patronymic',
  'text',
  'item',
  'work_kind',
  'caption',
];
/** Columns that say nothing without their name. */
const DATES = ['due', 'done', 'received', 'sent', 'birthday'];

/** «Відхилена, не наш об’єкт», «Замінити ремінь, …, строк 08.06.2026»: what it is first, dates last. */
function placeInRow(name: string): number {
  if (CALLED.includes(name)) return CALLED.indexOf(name);
  return DATES.includes(name) ? CALLED.length + 1 : CALLED.length;
}

function cellText(name: string, value: Scalar, said: string): string {
  const called = fieldText({ field: name }).toLocaleLowerCase();
  if (name === 'hours') return hours(String(value));
  // Of what is so the name says it: «за гарантією».
  if (value === true) return called;
  return DATES.includes(name) ? `${called} ${said}` : said;
}

/** «Тиск у нормі – Так». */
function answered({ item, answer, note }: Columns, { rows }: Names): Part {
  const question = rows.find(({ row }) => row === item);
  const said = answer ? answerText(question?.answer_kind, String(answer)) : m.no_answer();
  const text = `${question?.name || m.question_elsewhere()} – ${said}`;
  const isTyped = question?.answer_kind === 'line';
  return inLine([isTyped ? typed(text) : word(text), typed(textOf(note))]);
}

/** «Вікно – 24.11, 10:00–12:00, просить контрагент». */
function wished(kind: Kind, { path, value: kept, why }: Columns, names: Names, today: LocalDate): Part {
  const place = pathOf(String(path));
  const { value = null } = (parsed(kept) ?? {}) as { value?: Scalar };
  const wish = told(kind, place.column ?? place.field, value, names, today);
  const text = `${fieldText(place)} – ${wish}`;
  return inLine([{ text, ends: endsOf(place.column ?? place.field) }, typed(textOf(why))]);
}

const textOf = (value: Scalar | undefined): string => (typeof value === 'string' ? value : '');

/** A printed path: a field, or a field, a row and a column. */
export function pathOf(text: string): FieldPath {
  const [field = text, row, column] = text.split('/');
  return { field, ...(row !== undefined && { row }), ...(column !== undefined && { column }) };
}
