import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import type { CardToPick, Linked, PickerChoice } from '$lib/bindings';
import { Choosing } from '$lib/records/choosing.svelte';

const NO_CARD: CardToPick = { service_type: null, equipment: null, periodicity: null };

const linked = (label: string): Linked => ({ document: label, kind: null, label, title: '' });

/** The second lines of what a picker offers, of all customers or of one. */
async function notes(offered: Partial<PickerChoice>[], customer?: string): Promise<(string | undefined)[]> {
  const choices = offered.map((one, at) => ({
    link: linked(`SC-${at}`),
    unit: null,
    hours_per_unit: null,
    parent: linked('ОСББ «Липки-7»'),
    note: null,
    card: null,
    ...one,
  }));
  const app = { ask: () => Promise.resolve(choices) } as unknown as App;
  const choosing = new Choosing(app, { of: 'cards', ...(customer !== undefined && { customer }) });
  await Promise.resolve();
  await Promise.resolve();
  return choosing.list.map(({ note }) => note);
}

it('tells cards apart by service, object, how often and when', async () => {
  const yearly = {
    repeats: 'calendar',
    rule: 'FREQ=YEARLY',
    start: '2026-01-15',
    end: '2027-01-14',
  } as const;
  const cards = [
    { card: { ...NO_CARD, service_type: 'contract', equipment: linked('Котел'), periodicity: yearly } },
    { card: { ...NO_CARD, service_type: 'contract', equipment: linked('Насос') }, note: 'ТО-2' },
    { card: { ...NO_CARD, service_type: 'one_off' }, note: 'Тепломережа' },
    { card: NO_CARD },
  ] as const;
  expect(await notes([...cards], 'customer')).toEqual([
    'Абонентське · Котел · раз на 1 рік · 15.01.2026 – 14.01.2027',
    'ТО-2 · Абонентське · Насос',
    'Тепломережа · Разове',
    'ОСББ «Липки-7»',
  ]);
  expect((await notes([...cards]))[1]).toBe('ТО-2 · Абонентське · Насос · ОСББ «Липки-7»');
});

it('tells objects apart by what the device says of them, or else by their customer', async () => {
  const objects = [{ note: '0817-2214 · дах' }, {}];
  expect(await notes(objects)).toEqual(['0817-2214 · дах', 'ОСББ «Липки-7»']);
});
