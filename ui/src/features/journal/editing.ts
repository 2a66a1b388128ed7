/** What an edit in place writes: to one record, or the same to many; with the way back. */
import type { App } from '$lib/app/app.svelte';
import type { DocumentId, Done, ListQuery, VisitMove } from '$lib/bindings';
import { canonical, dayOf, daysBetween, instantAt, type LocalDate, plusDays, time } from '$lib/format/date';
import type { JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';

export interface Editing {
  documents: readonly DocumentId[];
  column: string;
  /** What it stands beside. */
  anchor: HTMLElement;
}

/** Where visits are moved: some days on from where each stands, or to one day. Their clock times stay. */
export type Move = { days: number } | { day: LocalDate };

function said(app: App, done: Done | undefined): boolean {
  if (!done) return false;
  app.done(m.done_changed({ count: done.records.length }), done);
  return true;
}

/** Sets one field; `null` clears it. */
export async function set(app: App, { documents, column }: Editing, value: unknown): Promise<boolean> {
  return said(app, await app.ask('edit_records', { documents: [...documents], set: { [column]: value } }));
}

/** Gives visits to others; sent at once, or planned for now. */
export async function assign(
  app: App,
  editing: Editing,
  specialists: readonly DocumentId[],
  dispatch: boolean,
): Promise<boolean> {
  const asked = { visits: [...editing.documents], specialists: [...specialists], dispatch };
  return said(app, await app.ask('assign_visits', asked));
}

export async function moveOne(app: App, editing: Editing, window: string | null): Promise<boolean> {
  const moves = editing.documents.map((visit) => ({ visit, window }));
  return said(app, await app.ask('move_visits', { moves }));
}

/** Moves visits that have a time; those without one have nowhere to be moved from. */
export async function move(app: App, editing: Editing, to: Move): Promise<boolean> {
  const query: ListQuery = {
    kind: 'visit' satisfies JournalKind,
    columns: ['window_start', 'window_end'],
    filters: [{ is: 'one_of', column: 'id', values: [...editing.documents] }],
    sort: [],
    page: { after: null, limit: editing.documents.length },
    search: null,
    show: 'standing',
  };
  const page = await app.ask('journal', query);
  const moves = (page?.rows ?? []).flatMap(({ document, cells: [start, end] }): VisitMove[] =>
    typeof start === 'number' && typeof end === 'number'
      ? [{ visit: document, window: moved(start, end, to) }]
      : [],
  );
  if (moves.length === 0) {
    app.toasts.say(m.move_none());
    return false;
  }
  return said(app, await app.ask('move_visits', { moves }));
}

function moved(start: number, end: number, to: Move): string {
  const [from, until] = [new Date(start * 1000), new Date(end * 1000)];
  const days = 'days' in to ? to.days : daysBetween(dayOf(from), to.day);
  // By days and clock times, not by hours: a visit at nine stays at nine when the clocks are changed.
  const shifted = (moment: Date): string => instantAt(plusDays(dayOf(moment), days), time(canonical(moment)));
  return `${shifted(from)}/${shifted(until)}`;
}
