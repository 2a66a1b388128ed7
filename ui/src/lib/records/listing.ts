/** Lists that are short enough to be read whole: people, teams, roles, entries of a directory. */
import type { App } from '$lib/app/app.svelte';
import type { DocumentId, JournalCell, Kind, Linked, ListQuery } from '$lib/bindings';

const PAGE = 500;

/** A record with the columns that were asked for. */
export interface Listed<Column extends string> {
  document: DocumentId;
  cells: Record<Column, JournalCell>;
}

/** Every record of a kind; nothing when the device could not be read, which was said. */
export async function readAll<Column extends string>(
  app: App,
  kind: Kind,
  columns: readonly Column[],
  query: Partial<Pick<ListQuery, 'filters' | 'sort' | 'show'>> = {},
): Promise<Listed<Column>[] | undefined> {
  const asked: ListQuery = {
    kind,
    columns: [...columns],
    filters: [],
    sort: [],
    search: null,
    show: 'standing',
    ...query,
    page: { after: null, limit: PAGE },
  };
  const all: Listed<Column>[] = [];
  for (;;) {
    const page = await app.ask('journal', asked);
    if (!page) return undefined;
    for (const { document, cells } of page.rows) {
      const named = columns.map((column, at) => [column, cells[at] ?? null] as const);
      all.push({ document, cells: Object.fromEntries(named) as Record<Column, JournalCell> });
    }
    if (page.next === null) return all;
    asked.page = { after: page.next, limit: PAGE };
  }
}

export const textOf = (cell: JournalCell): string => (typeof cell === 'string' ? cell : '');

export function linkOf(cell: JournalCell): Linked | null {
  return typeof cell === 'object' && cell !== null && !Array.isArray(cell) ? cell : null;
}

export const linksOf = (cell: JournalCell): Linked[] => (Array.isArray(cell) ? cell : []);

/** A list of lines comes as the text it is kept in. */
export function linesOf(cell: JournalCell): string[] {
  if (typeof cell !== 'string') return [];
  const read: unknown = JSON.parse(cell);
  return Array.isArray(read) ? read.map(String) : [];
}
