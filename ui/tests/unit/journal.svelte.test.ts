/** A journal whose rows change while somebody looks at it. */
import { expect, it } from 'vitest';
import { Journal } from '$features/journal/journal.svelte';
import { JOURNALS } from '$features/journal/kinds';
import type { App } from '$lib/app/app.svelte';
import type { ListQuery } from '$lib/bindings';

/** A journal on a device with these visits; each page of them is answered when `letGo` is called, or at once. */
function visits(names: readonly string[]) {
  let rows = names;
  let change: () => void = () => undefined;
  let held: (() => void)[] | undefined;
  async function ask(call: string, query: ListQuery): Promise<unknown> {
    if (call === 'journal_columns') return [];
    const now = rows;
    if (held) await new Promise<void>((go) => held?.push(go));
    if (call === 'journal_total') return { count: now.length };
    const from = (query.page.after as unknown as number | null) ?? 0;
    const to = from + query.page.limit;
    const read = now.slice(from, to).map((document) => ({ document, cells: [] }));
    return { rows: read, next: to < now.length ? to : null };
  }
  const app = {
    ask,
    onChange: (reread: () => void) => ((change = reread), () => undefined),
    preferences: { locale: 'uk', density: 'office' },
  };
  const journal = new Journal(app as unknown as App, JOURNALS.visit);
  const close = journal.open();
  return {
    journal,
    close,
    becomes: (next: readonly string[]) => {
      rows = next;
      change();
    },
    hold: () => (held = []),
    letGo: () => held?.splice(0).forEach((go) => go()),
  };
}

const many = Array.from({ length: 250 }, (_, place) => `visit ${place}`);

it.each([1, 150])('keeps its cursor on the record it stands on when newer ones come, at %i', async (at) => {
  const { journal, close, becomes } = visits(many);
  const pointed = (): string | undefined => journal.lines.at(journal.table.cursor)?.id;
  await expect.poll(() => journal.lines.at(at)?.id).toBe(`visit ${at}`);
  journal.table.cursor = at;
  journal.table.select(`visit ${at}`, 'only');
  becomes(['newer', 'newest', ...many]);
  await expect.poll(() => (pointed(), journal.table.cursor)).toBe(at + 2);
  expect(pointed()).toBe(`visit ${at}`);
  close();
});

it('leaves its cursor where somebody went meanwhile', async () => {
  const { journal, close, becomes, hold, letGo } = visits(many);
  await expect.poll(() => journal.lines.at(0)).toBeDefined();
  journal.table.select('visit 0', 'only');
  hold();
  becomes(['newer', ...many]);
  journal.table.cursor = 3;
  journal.table.select('visit 3', 'only');
  await expect.poll(() => (letGo(), journal.table.cursor)).toBe(4);
  expect(journal.lines.at(4)?.id).toBe('visit 3');
  close();
});

it('selects nothing of a view that another took the place of before its rows were there', async () => {
  const { journal, close, hold, letGo } = visits(many);
  await expect.poll(() => journal.lines.at(0)).toBeDefined();
  hold();
  const selecting = journal.selectAll();
  journal.find('молокозавод');
  let over = false;
  void selecting.then(() => (over = true));
  await expect.poll(() => (letGo(), over)).toBe(true);
  expect([...journal.table.selected]).toEqual([]);
  close();
});
