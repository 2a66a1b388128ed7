/** The form of a record, which goes on while things happen around it. */
import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Form } from '../../src/features/form/form.svelte';
import { FORMS } from '../../src/features/form/specs';

/** The form of a customer on a device that answers each reading after the first when it is let. */
async function customer() {
  let name = 'Хвиля';
  let change: () => void = () => undefined;
  const waiting: (() => void)[] = [];
  let readings = 0;
  const undo: (() => void)[] = [];
  async function ask(call: string): Promise<unknown> {
    if (call === 'draft') return null;
    if (call !== 'open_form') return { objections: [], alike: [], records: [] };
    const rights = { known: true, fields: ['name', 'contacts', 'website'], refusals: {} };
    const rows = ['one', 'other'].map((row) => ({ row, columns: { surname: row } }));
    const view = { document: 'customer', head: null, rights, texts: {}, links: [] };
    const read = { ...view, values: { name }, rows: { contacts: rows } };
    readings += 1;
    if (readings > 1) await new Promise<void>((go) => waiting.push(go));
    return read;
  }
  const app = {
    ask,
    onChange: (reread: () => void) => ((change = reread), () => undefined),
    toasts: { say: (_: string, back: () => void) => undo.push(back) },
    done: () => undefined,
  };
  const form = new Form(app as unknown as App, FORMS.customer, { id: 'customer' });
  form.open();
  await expect.poll(() => form.opened).toBeDefined();
  const surnames = (): unknown[] => (form.typed.rows.contacts ?? []).map(({ columns }) => columns.surname);
  return {
    form,
    surnames,
    becomes: (next: string): void => {
      name = next;
      change();
    },
    waiting,
    undo: () => undo.at(-1)?.(),
  };
}

it('puts a row back that was taken out, and keeps what was typed into the others meanwhile', async () => {
  const { form, surnames, undo } = await customer();
  form.removeRow('contacts', 'one');
  form.setColumn('contacts', 'other', 'surname', 'Сорока');
  undo();
  expect(surnames()).toEqual(['one', 'Сорока']);
  undo();
  expect(surnames()).toEqual(['one', 'Сорока']);
});

it('puts no row back into a form that was saved without it', async () => {
  const { form, surnames, undo } = await customer();
  form.removeRow('contacts', 'one');
  expect(await form.save()).toBe('customer');
  undo();
  expect(surnames()).toEqual(['other']);
});

it('shows what was written last, whichever reading the device answers first', async () => {
  const { form, becomes, waiting } = await customer();
  becomes('Хвиля-2');
  becomes('Хвиля-3');
  await expect
    .poll(
      () => (
        waiting
          .splice(0)
          .reverse()
          .forEach((go) => go()),
        form.typed.values.name
      ),
    )
    .toBe('Хвиля-3');
  await expect.poll(() => waiting.length).toBe(0);
  expect(form.typed.values.name).toBe('Хвиля-3');
});

it('writes nothing of the line left empty below the last phone, of a customer and of a contact', async () => {
  const { form } = await customer();
  form.set('phones', ['+380671112233', '']);
  form.setColumn('contacts', 'one', 'phones', ['', '+380441112233', ' ']);
  expect(form.writes.set).toEqual({ phones: ['+380671112233'] });
  expect(form.writes.correct).toEqual([
    { field: 'contacts', row: 'one', column: 'phones', value: ['+380441112233'] },
  ]);
});
