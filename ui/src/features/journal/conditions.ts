/**
 * What the conditions of a journal mean to the device, and what they offer to be chosen.
 *
 * A wanted value is the name of a choice, a record, a period by its name (so that «цього тижня» is this
 * week next week too), or `''` for nothing at all.
 */
import type { ColumnView, Filter, Scalar } from '$lib/bindings';
import { type LocalDate, plusDays } from '$lib/format/date';
import { choiceText } from '$lib/records/choices';
import type { Condition, JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';
import { COUNTING, goneText } from './counting';

/** Periods by their names: from the first day to the last, both meant. */
const PERIODS: Record<string, { title: () => string; days: (today: LocalDate) => [LocalDate?, LocalDate?] }> =
  {
    past: { title: m.period_past, days: (today) => [undefined, plusDays(today, -1)] },
    today: { title: m.period_today, days: (today) => [today, today] },
    tomorrow: { title: m.period_tomorrow, days: (today) => [plusDays(today, 1), plusDays(today, 1)] },
    this_week: { title: m.period_this_week, days: (today) => week(today, 0) },
    next_week: { title: m.period_next_week, days: (today) => week(today, 1) },
    last_month: { title: m.period_last_month, days: (today) => [plusDays(today, -30), today] },
    next_month: { title: m.period_next_month, days: (today) => [today, plusDays(today, 30)] },
  };

function week(today: LocalDate, later: number): [LocalDate, LocalDate] {
  // Weeks begin on Mondays.
  const weekday = (new Date(`${today}T12:00:00`).getDay() + 6) % 7;
  const monday = plusDays(today, 7 * later - weekday);
  return [monday, plusDays(monday, 6)];
}

const seconds = (date: LocalDate): number => Math.floor(new Date(`${date}T00:00:00`).getTime() / 1000);

function ofPeriod(column: ColumnView, name: string, today: LocalDate, now: Date): Filter | undefined {
  const [from, to] = PERIODS[name]?.days(today) ?? [];
  if (column.holds === 'date')
    return { is: 'between', column: column.name, from: from ?? null, to: to ?? null };
  // What is past by the clock is past today already.
  const end = name === 'past' ? Math.floor(now.getTime() / 1000) : to && seconds(plusDays(to, 1)) - 1;
  return { is: 'between', column: column.name, from: from ? seconds(from) : null, to: end ?? null };
}

function one(column: ColumnView, value: string, today: LocalDate, now: Date): Filter | undefined {
  const name = column.name;
  if (value === '') return { is: 'is_empty', column: name };
  switch (column.holds) {
    case 'moment':
    case 'date':
      return ofPeriod(column, value, today, now);
    case 'links':
      return { is: 'includes', field: name, value };
    case 'yes_no': {
      const yes: Filter = { is: 'equals', column: name, value: true };
      // What nobody set is not set: SQL would leave such rows out.
      return value === 'yes'
        ? yes
        : {
            is: 'any_of',
            filters: [
              { is: 'is_empty', column: name },
              { ...yes, value: false },
            ],
          };
    }
    case 'number':
      return { is: 'between', column: name, from: 1, to: null };
    case 'link':
    case 'choice':
    case 'text':
    case 'lines':
    case 'decimal':
    case 'percent':
    case 'money':
      return { is: 'equals', column: name, value };
  }
}

/** The condition as the device takes it; nothing while nothing is chosen. */
function filterOf(column: ColumnView, condition: Condition, today: LocalDate, now: Date): Filter | undefined {
  const values = condition.chosen.map(({ value }) => value);
  if (values.length === 0) return undefined;
  if ((column.holds === 'choice' || column.holds === 'link') && !values.includes('')) {
    return { is: 'one_of', column: column.name, values: values satisfies Scalar[] };
  }
  const filters = values.flatMap((value) => one(column, value, today, now) ?? []);
  return { is: 'any_of', filters };
}

/** All conditions, as the device takes them; none on columns the kind does not have. */
export function filtersOf(
  known: readonly ColumnView[],
  conditions: readonly Condition[],
  today: LocalDate,
  now: Date,
): Filter[] {
  return conditions.flatMap((condition) => {
    const column = known.find(({ name }) => name === condition.column);
    return (column && filterOf(column, condition, today, now)) ?? [];
  });
}

/** What a column offers to be chosen without a search: all but records. */
export function offered(kind: JournalKind, column: ColumnView): { value: string; label: string }[] {
  if (column === COUNTING) return column.choices.map((value) => ({ value, label: goneText(kind) }));
  switch (column.holds) {
    case 'choice':
      return column.choices.map((value) => ({ value, label: choiceText(kind, column.name, value) }));
    case 'yes_no':
      return [
        { value: 'yes', label: m.yes() },
        { value: 'no', label: m.no() },
      ];
    case 'number':
      return [{ value: 'some', label: m.yes() }];
    case 'moment':
    case 'date': {
      if (column.name === 'overdue_from') return [{ value: 'past', label: m.yes() }];
      const periods = Object.entries(PERIODS).map(([value, { title }]) => ({ value, label: title() }));
      return [...periods, { value: '', label: m.filter_none() }];
    }
    case 'link':
    case 'links':
    case 'text':
    case 'lines':
    case 'decimal':
    case 'percent':
    case 'money':
      return [{ value: '', label: m.filter_none() }];
  }
}
