/** What happened to a record, as a timeline: who, what, when, on which device, since when in the office. */
import type { Kind, Linked, TimelineEntry, TimelineWrite } from '$lib/bindings';
import { canonical, dayAndMonth, dayOf, fullDate, type LocalDate, moment, time } from '$lib/format/date';
import type { IconName } from '$lib/icons/names';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';
import { choiceText } from './choices';
import { fieldText, valueText } from './fields';
import { repeatsKept } from './repeats';

export interface HistoryItem {
  id: string;
  icon: IconName;
  tone?: string;
  who?: string;
  what: string;
  meta: string;
}

/** Changes of one day, newest first. */
export interface HistoryDay {
  day: LocalDate;
  title: string;
  items: HistoryItem[];
}

/** Values beyond this many are told by how many there are. */
const TOLD = 4;
/** Links to an address or a contact person among a customer's rows. */
const OF_CUSTOMER = ['site', 'contact'];
/** Written with every record or row; nobody means them. */
const SILENT = ['author', 'by', 'at', 'position', 'facts_seen', 'weight'];

export function historyOf(kind: Kind, entries: readonly TimelineEntry[], today: LocalDate): HistoryDay[] {
  const days = new Map<LocalDate, HistoryDay>();
  for (const entry of entries) {
    const day = dayOf(new Date(entry.made_ms));
    const known = days.get(day) ?? { day, title: dayName(day, today), items: [] };
    known.items.push(itemOf(kind, entry, today));
    days.set(day, known);
  }
  return [...days.values()];
}

function dayName(day: LocalDate, today: LocalDate): string {
  if (day === today) return m.today();
  return day.slice(0, 4) === today.slice(0, 4) ? dayAndMonth(day) : fullDate(day);
}

function itemOf(kind: Kind, entry: TimelineEntry, today: LocalDate): HistoryItem {
  const said = entry.writes.flatMap((write) => said_of(kind, write, today) || []);
  const more = said.length - TOLD;
  const what = said.slice(0, TOLD).join('; ');
  return {
    id: entry.change,
    icon: entry.writes.some(({ what: { did } }) => did === 'row') ? 'done' : 'pen',
    // The office numbers records by itself.
    who: entry.by?.kind === 'employee' ? named(entry.by) : m.history_office(),
    what: more > 0 ? `${what}; ${m.history_more({ count: more })}` : what || m.history_made(),
    meta: [time(canonical(new Date(entry.made_ms))), arrived(entry, today)].filter(Boolean).join(' · '),
  };
}

function arrived({ arrived_ms }: TimelineEntry, today: LocalDate): string {
  if (arrived_ms === null) return m.conflict_not_arrived();
  return m.conflict_arrived({ when: moment(canonical(new Date(arrived_ms)), today) });
}

/** «Пріоритет: Звичайний → Терміновий»; nothing for what nobody means. */
function said_of(kind: Kind, write: TimelineWrite, today: LocalDate): string | undefined {
  const told = toldOf(kind, write, today);
  if (!told) return undefined;
  if (write.what.did === 'text') return m.history_text({ field: told.field });
  // A row of the customer has no name of its own that came with it.
  if (OF_CUSTOMER.includes(write.path.column ?? write.path.field)) {
    return m.history_changed({ field: told.field });
  }
  // A step says by itself what happened.
  if (write.path.field === 'events') return told.to;
  return `${told.field}: ${told.from ? `${told.from} → ${told.to}` : told.to}`;
}

/** One thing written, in words. */
export interface ToldWrite {
  field: string;
  /** What stood there; empty where nothing did. */
  from: string;
  to: string;
}

/** What was written where; nothing for what nobody means. */
export function toldOf(
  kind: Kind,
  { path, what, links }: TimelineWrite,
  today: LocalDate,
): ToldWrite | undefined {
  if (SILENT.includes(path.field) || SILENT.includes(path.column ?? '')) return undefined;
  const field = fieldText(path);
  const value = (one: Parameters<typeof valueText>[0], of: string): string =>
    written(kind, of, one, links, today);
  switch (what.did) {
    case 'value': {
      const column = path.column ?? path.field;
      const stood = what.from.filter((one) => one !== null && one !== '').map((one) => value(one, column));
      return { field, from: stood.join(', '), to: value(what.to, column) };
    }
    case 'text':
      return { field, from: what.from, to: what.to };
    case 'row': {
      const values = Object.entries(what.columns)
        .toSorted(stepFirst)
        .flatMap(([name, one]) =>
          SILENT.includes(name) || one === null ? [] : (listed(one, links) ?? value(one, name)),
        );
      const said = values.filter(Boolean).join(', ');
      return { field, from: '', to: said };
    }
  }
}

/** «Відхилена, не наш об’єкт»: a step before its reason. */
function stepFirst([one]: [string, unknown], [other]: [string, unknown]): number {
  return Number(other === 'what') - Number(one === 'what');
}

/**
 * A list as its items; what only programs read, coordinates, not at all. Nothing for other values, records
 * among them: those are told by their names.
 */
function listed(value: Parameters<typeof valueText>[0], links: readonly Linked[]): string[] | undefined {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return undefined;
  if (links.some((link) => value.includes(link.document))) return undefined;
  try {
    const read: unknown = JSON.parse(value);
    return Array.isArray(read) ? read.map(String) : [];
  } catch {
    // It only began like one: the text of a person.
    return undefined;
  }
}

/** A value of a column of a kind, in words; records by the names that came with it. */
export function written(
  kind: Kind,
  column: string,
  value: Parameters<typeof valueText>[0],
  links: readonly Linked[],
  today: LocalDate,
): string {
  if (typeof value === 'string') {
    const meant = links.filter((link) => value.includes(link.document));
    if (meant.length > 0) return meant.map(named).join(', ');
    if (column === 'periodicity') return repeatsKept(value);
    const word = choiceText(kind, column, value);
    if (word !== value) return word;
  }
  return valueText(value, [], today);
}
