/** What stands in a form, what of it differs from what was opened, and what saving it writes. */
import type { FormView, Writes } from '$lib/bindings';
import { writes } from '$lib/records/writes';
import type { FieldSpec, FormSpec, GroupSpec } from './spec';

export type Values = Record<string, unknown>;

export interface Row {
  row: string;
  columns: Values;
}

/** Everything typed into a form. Plain data: a draft keeps it as it is. */
export interface Typed {
  values: Values;
  texts: Record<string, string>;
  rows: Record<string, Row[]>;
}

export function typedOf({ values, texts, rows }: Typed | FormView): Typed {
  return JSON.parse(JSON.stringify({ values, texts, rows })) as Typed;
}

/** Nothing, in whichever way a control says it. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.every(isEmpty);
}

/** Whether two values mean the same. */
export function same(one: unknown, other: unknown): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A value as it is saved. The empty line below the last of a list is there to be typed into, it says nothing. */
function kept(value: unknown): unknown {
  if (isEmpty(value)) return null;
  return Array.isArray(value) ? value.filter((one) => !isEmpty(one)) : value;
}

/** A group's keys in one order; a list without its empty lines. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => !isEmpty(one)).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

export const fieldsOf = (spec: FormSpec): FieldSpec[] => spec.groups.flatMap(({ fields }) => [...fields]);

export const rowsOf = (spec: FormSpec): NonNullable<GroupSpec['rows']>[] =>
  spec.groups.flatMap(({ rows }) => rows ?? []);

/** What a field of a form says, whichever way it is kept. */
export function said(typed: Typed, { name, control }: FieldSpec): unknown {
  return control.is === 'text' ? (typed.texts[name] ?? '') : typed.values[name];
}

/** What saving writes: what differs from what was opened, and nothing else. */
export function writesOf(spec: FormSpec, opened: Typed, typed: Typed, heads: string[], why: string): Writes {
  const written = writes({});
  for (const { name, control } of fieldsOf(spec)) {
    if (control.is === 'text') {
      const [was, is] = [opened.texts[name] ?? '', typed.texts[name] ?? ''];
      if (was !== is) {
        written.texts.push({ field: name, base_heads: heads, base_text: was, new_text: is });
      }
    } else if (!same(opened.values[name], typed.values[name])) {
      written.set[name] = kept(typed.values[name]);
    }
  }
  // What a record is made from is written too where no field shows it: the visit of a complaint.
  const shown = new Set(fieldsOf(spec).map(({ name }) => name));
  for (const [name, value] of Object.entries(typed.values)) {
    if (!shown.has(name) && !same(opened.values[name], value)) written.set[name] = value;
  }
  for (const { name, columns } of rowsOf(spec)) rowsWritten(name, columns, opened, typed, why, written);
  return written;
}

function rowsWritten(
  name: string,
  columns: readonly FieldSpec[],
  opened: Typed,
  typed: Typed,
  why: string,
  written: Writes,
): void {
  const before = new Map((opened.rows[name] ?? []).map((one) => [one.row, one.columns]));
  const rows = typed.rows[name] ?? [];
  for (const { row, columns: is } of rows) {
    const was = before.get(row);
    if (was === undefined) {
      const said = Object.entries(is).flatMap(([column, value]) =>
        isEmpty(value) ? [] : [[column, kept(value)] as const],
      );
      if (said.length > 0) written.add.push({ field: name, row, columns: Object.fromEntries(said) });
      continue;
    }
    for (const { name: column } of columns) {
      if (same(was[column], is[column])) continue;
      written.correct.push({ field: name, row, column, value: kept(is[column]) });
    }
  }
  const standing = new Set(rows.map(({ row }) => row));
  for (const row of before.keys()) {
    if (!standing.has(row)) written.withdraw.push({ field: name, row, why });
  }
}

export function writesNothing({ set, texts, add, correct, withdraw }: Writes): boolean {
  return [Object.keys(set), texts, add, correct, withdraw].every((part) => part.length === 0);
}

/** A new row's id: a UUIDv7 as the device makes them, so that rows stand in the order they were added. */
export function newRow(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
