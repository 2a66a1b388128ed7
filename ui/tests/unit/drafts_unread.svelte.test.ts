/** What was typed before is not written over where the device cannot tell what it was. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { Answers } from '../../src/features/visit/answers.svelte';
import { Form } from '../../src/features/form/form.svelte';
import { FORMS } from '../../src/features/form/specs';

const LATER_MS = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A device that keeps this draft and cannot read it until it `can`. */
function device(body: unknown) {
  let can = false;
  let change: () => void = () => undefined;
  const kept: unknown[] = [];
  function ask(call: string, asked: { body?: unknown }): Promise<unknown> {
    if (call === 'draft') return Promise.resolve(can ? { body, saved_ms: 0 } : undefined);
    if (call === 'keep_draft') kept.push(asked.body);
    if (call === 'open_form') return Promise.resolve(view(''));
    if (call === 'check_form') return Promise.resolve({ objections: [], alike: [] });
    return Promise.resolve({});
  }
  const app = { ask, onChange: (reread: () => void) => ((change = reread), () => undefined) };
  const later = (): Promise<unknown> => vi.advanceTimersByTimeAsync(LATER_MS);
  return { app: app as unknown as App, kept, later, can: () => (can = true), change: () => change() };
}

function view(name: string) {
  const rights = { known: true, fields: ['name'], refusals: {} };
  return { document: 'customer', values: { name }, texts: {}, rows: {}, links: [], rights };
}

it('of a form, which opens when it can be read', async () => {
  const body = {
    opened: view(''),
    typed: { values: { name: 'Недописане' }, texts: {}, rows: {} },
    links: [],
  };
  const { app, kept, later, can, change } = device(body);
  const form = new Form(app, FORMS.customer, { id: 'customer' });
  form.open();
  await later();
  expect(form.opened).toBeUndefined();
  form.set('name', 'Інше');
  await later();
  expect(kept).toEqual([]);
  can();
  change();
  await later();
  expect(form.typed.values.name).toBe('Недописане');
});

it('of a sheet, which is asked for again', async () => {
  const { app, kept, later, can } = device({ of: 'decline', filled: 'Чилер' });
  const sheet = new OpenSheet<string>(app, 'review');
  await sheet.read();
  sheet.open('other');
  await later();
  expect([sheet.of, kept]).toEqual([undefined, []]);
  can();
  sheet.open('other');
  await later();
  expect([sheet.of, sheet.beginsWith('')]).toEqual(['decline', 'Чилер']);
});

it('of the answers to a checklist, which join what is typed', async () => {
  const { app, kept, later, can } = device({ pressure: '7,5' });
  const answers = new Answers(app, 'visit');
  await answers.read();
  answers.type('noise', 'Гуде');
  await later();
  expect(kept).toEqual([]);
  can();
  answers.type('noise', 'Гуде на обертах');
  await later();
  expect(kept).toEqual([{ pressure: '7,5', noise: 'Гуде на обертах' }]);
});
