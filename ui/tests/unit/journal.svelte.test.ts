/** A journal whose rows change while somebody looks at it. */
import { afterEach, expect, it, vi } from 'vitest';
import { Journal } from '$features/journal/journal.svelte';
import { JOURNALS } from '$features/journal/kinds';
import type { App } from '$lib/app/app.svelte';
import type { ListQuery } from '$lib/bindings';

/** A journal on a device with these visits; each page of them is answered when `letGo` is called, or at once. */
function visits(names: readonly string[]) {
  let rows = names;
  let change: () => void = () => undefined;
  let held: (() => void)[] | undefined;
  const asked: string[] = [];
  async function ask(call: string, query: ListQuery): Promise<unknown> {
    asked.push(call);
    if (call === 'journal_columns') return [{ name: 'label', holds: 'text', choices: [] }];
    const now = rows;
    if (held) await new Promise<void>((go) => held?.push(go));
    if (call === 'journal_total') return { count: now.length };
    if (call === 'journal_groups') return [];
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
    asked,
    becomes: (next: readonly string[]) => {
      rows = next;
      change();
    },
    hold: () => (held = []),
    letGo: () => held?.splice(0).forEach((go) => go()),
  };
}

afterEach(() => vi.unstubAllGlobals());

const ANOTHER = { id: 'another', title: () => 'Інші', conditions: [] };
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

it('asks for the rows of another view at the press, and counts them once they stand there', async () => {
  const { journal, close, asked } = visits(many);
  await expect.poll(() => [journal.total, journal.counts['all']]).toEqual([many.length, many.length]);
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  asked.length = 0;
  journal.show(ANOTHER);
  expect(asked).toEqual(['journal']);
  for (let frame = 0; frame < 2; frame += 1) {
    await expect.poll(() => frames.length).toBe(1);
    expect(asked).toEqual(['journal']);
    frames.splice(0).forEach((draw) => draw());
  }
  await expect.poll(() => asked).toEqual(['journal', 'journal_total']);
  close();
});
