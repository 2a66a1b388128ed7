import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { VisitScreen } from '../../src/features/visit/visit.svelte';

const ITEM = 'item';

/** The screen of a visit with one question to be answered in words, on a device that answers when it is let. */
async function asked() {
  const written: string[] = [];
  const waiting: (() => void)[] = [];
  let readings = 0;
  const page = () => ({
    reading: (readings += 1),
    head: { heads: [] },
    checklist: {
      template: null,
      items: [{ item: ITEM, answer_kind: 'text', answer: written.at(-1) ?? null }],
    },
  });
  async function ask(call: string, { answer }: { answer?: string } = {}): Promise<unknown> {
    if (call === 'visit_page') return page();
    if (call === 'draft') return null;
    if (call !== 'answer_checklist') return undefined;
    await new Promise<void>((go) => waiting.push(go));
    written.push(answer ?? '');
    return {};
  }
  const app = { ask, onChange: () => () => undefined };
  const screen = new VisitScreen(app as unknown as App, 'visit');
  screen.open();
  await expect.poll(() => screen.view).toBeDefined();
  return { screen, written, letGo: () => waiting.splice(0).forEach((go) => go()) };
}

it('keeps what is typed into an answer while the one before is being written', async () => {
  const { screen, written, letGo } = await asked();
  screen.answers.type(ITEM, 'Гуде');
  const answered = screen.answer(ITEM, 'Гуде');
  screen.answers.type(ITEM, 'Гуде на обертах');
  letGo();
  await answered;
  expect(written).toEqual(['Гуде']);
  expect(screen.answers.typed).toEqual({ [ITEM]: 'Гуде на обертах' });
});

it('writes an answer once that is left by the button that finishes the visit, and then asks how it ends', async () => {
  const { screen, written, letGo } = await asked();
  screen.answers.type(ITEM, 'Гуде');
  void screen.answer(ITEM, 'Гуде');
  const finishing = screen.choose('completed');
  await expect.poll(() => (letGo(), screen.sheet.of)).toEqual({ of: 'finish' });
  await finishing;
  expect(written).toEqual(['Гуде']);
  expect(screen.view?.checklist?.items[0]?.answer).toBe('Гуде');
  expect(screen.answers.typed).toEqual({});
});
