import { fireEvent, screen as page, render } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { m } from '$lib/words';
import Checklist from '../../src/features/visit/Checklist.svelte';
import { VisitScreen } from '../../src/features/visit/visit.svelte';

const ITEM = 'item';

const LINE = {
  item: ITEM,
  text: 'Тиск',
  choices: [],
  unit: null,
  minimum: null,
  maximum: null,
  disputed: [],
};

/** The screen of a visit with one question, on a device that answers when it is let, and not at all while it `fails`. */
async function asked(answer_kind: 'text' | 'number' = 'text') {
  const device = { fails: false, tried: 0 };
  const written: string[] = [];
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  let readings = 0;
  const page = () => ({
    reading: (readings += 1),
    head: { heads: [] },
    checklist: {
      template: null,
      items: [{ ...LINE, answer_kind, answer: written.at(-1) ?? null }],
    },
  });
  async function ask(call: string, { answer }: { answer?: string } = {}): Promise<unknown> {
    if (call === 'visit_page') return page();
    if (call === 'draft') return null;
    if (call !== 'answer_checklist') return undefined;
    await new Promise<void>((go) => waiting.push(go));
    device.tried += 1;
    if (device.fails) return undefined;
    const stands = written.at(-1) === answer;
    written.push(answer ?? '');
    return { records: [{ document: 'visit', changes: stands ? [] : ['change'], text_base: [] }] };
  }
  const app = { ask, onChange: () => () => undefined, done: (text: string) => told.push(text) };
  const screen = new VisitScreen(app as unknown as App, 'visit');
  screen.open();
  await expect.poll(() => screen.view).toBeDefined();
  return { screen, device, written, told, letGo: () => waiting.splice(0).forEach((go) => go()) };
}

it('has a way back of every answer that was written, and says of which question', async () => {
  const { screen, told, letGo } = await asked();
  const answer = async (text: string | null): Promise<void> => {
    const answered = screen.answer(ITEM, text);
    letGo();
    await answered;
  };
  await answer('Гуде');
  expect(told).toEqual([m.done_answered({ question: 'Тиск' })]);
  // What stands there already is not written again.
  await answer('Гуде');
  expect(told).toHaveLength(1);
  await answer(null);
  expect(told.at(-1)).toBe(m.done_answer_cleared({ question: 'Тиск' }));
});

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

it('keeps a number that could not be written down in its field, and writes it when the visit is finished', async () => {
  const { screen, device, written, letGo } = await asked('number');
  const { answers, view } = screen;
  render(Checklist, {
    lines: view?.checklist?.items ?? [],
    writable: true,
    answers,
    onanswer: (item: string, answer: string | null) => screen.answer(item, answer),
  });
  const field = page.getByRole<HTMLInputElement>('textbox');
  device.fails = true;
  await fireEvent.input(field, { target: { value: '7,5' } });
  await fireEvent.blur(field);
  await expect.poll(() => (letGo(), device.tried)).toBe(1);
  expect([field.value, screen.answers.typed]).toEqual(['7,5', { [ITEM]: '7,5' }]);
  device.fails = false;
  const finishing = screen.choose('completed');
  await expect.poll(() => (letGo(), screen.sheet.of)).toEqual({ of: 'finish' });
  await finishing;
  expect(written).toEqual(['7.5']);
});
