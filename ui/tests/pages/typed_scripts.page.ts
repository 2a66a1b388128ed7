/** What people type is text on every screen: no script of it runs, no element of it is made, and all of it is read. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DocumentId, Kind, Writes } from '../../src/lib/bindings';
import type { Device } from '../../scripts/browser.mjs';
import { writes } from '../../src/lib/records/writes';
import { onStage } from './stage';

const SCRIPTS = [
  '<img src="x:" onerror="window.hit=1">',
  '"><script>window.hit=1</script>',
  "'><svg/onload=window.hit=1>",
  '<iframe srcdoc="<script>parent.hit=1</script>">',
  'javascript:window.hit=1//',
  '{@html "<b onclick=window.hit=1>"}{{constructor.constructor("window.hit=1")()}}',
];

const text = (field: string, new_text: string): Writes['texts'][number] => ({
  ...{ field, base_heads: [], base_text: '', new_text },
});

async function create(device: Device, kind: Kind, written: Partial<Writes>): Promise<DocumentId> {
  const done = await device.ask('create_record', { kind, writes: writes(written) });
  const document = done.records[0]?.document;
  if (document === undefined) throw new Error(`no ${kind} was made: ${JSON.stringify(done)}`);
  return document;
}

/** A visit of today in whose every line and text the words stand, with what it is about; all their pages. */
async function write(office: Device, technician: Device, me: DocumentId, words: string): Promise<string[]> {
  const customer = await create(office, 'customer', {
    set: { name: words, legal_name: words, website: words },
    texts: [text('notes', words)],
    add: [
      {
        field: 'addresses',
        columns: { address_kind: 'site', settlement: words, street: words, access_notes: words },
      },
      { field: 'contacts', columns: { surname: words, given_name: words, position: words, note: words } },
    ],
  });
  const equipment = await create(office, 'equipment', {
    set: { name: words, model: words, serial: words, place: words, manufacturer: words, customer },
    texts: [text('notes', words)],
  });
  const card = await create(office, 'service_card', {
    set: { subject: words, customer, equipment },
    texts: [text('notes', words), text('warranty_terms', words)],
  });
  const window = '2026-11-23T18:20:00+02:00/2026-11-23T19:00:00+02:00';
  const visit = await create(office, 'visit', {
    set: { card, customer, equipment, window, specialists: [me] },
    texts: [text('instructions', words), text('findings', words), text('recommendations', words)],
  });
  const about = { customer, equipment, card, visit };
  const complaint = await create(office, 'complaint', {
    set: { ...about, complaint_kind: 'failure', severity: 'critical', contact_note: words },
    texts: [
      text('description', words),
      text('wish', words),
      text('containment', words),
      text('cause', words),
    ],
  });
  await office.online(true);
  await technician.online(true);
  const known = async (): Promise<boolean> =>
    'head' in (await technician.ask('visit_page', { document: visit }));
  await expect.poll(known, { timeout: 30_000 }).toBe(true);
  const part = { name: words, serial: words, quantity: '1', direction: 'used' };
  const { head } = await technician.ask('visit_page', { document: visit });
  await technician.ask('edit_record', {
    document: visit,
    seen: head.heads,
    writes: writes({ add: [{ field: 'parts', columns: part }] }),
  });
  return [
    `/visits/${visit}`,
    `/visits/${visit}/complaint`,
    `/objects/${equipment}`,
    `/cards/${card}`,
    `/customers/${customer}`,
    `/complaints/${complaint}`,
  ];
}

/** What of the words became more than text; nothing is as it should be. */
const broken = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...('hit' in window ? ['a script ran'] : []),
    ...[...document.querySelectorAll('body *')]
      .filter((one) => [...one.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc'))
      .map((one) => `${one.tagName} was made`),
    ...[...document.querySelectorAll('[href^="javascript:" i], [src^="javascript:" i]')].map(
      (one) => `${one.tagName} leads to a script`,
    ),
  ]);

describe('typed scripts', () => {
  for (const who of ['technician', 'dispatcher'] as const) {
    it(`stay text on the screens of the ${who}`, async () => {
      await using stage = await onStage('morning', { who, width: 1366 });
      const { technician, dispatcher, page } = stage;
      const me = (await technician.ask('me')).employee.document;
      for (const words of SCRIPTS) {
        for (const path of await write(dispatcher, technician, me, words)) {
          await stage.open(path);
          await page.getByText(words).first().waitFor();
          expect({ path, words, broken: await broken(page) }).toEqual({ path, words, broken: [] });
        }
        await stage.open('/search');
        await page.getByRole('searchbox').first().fill(words);
        await page.getByRole('link').filter({ hasText: words }).first().waitFor();
        expect({ words, broken: await broken(page) }).toEqual({ words, broken: [] });
      }
      const lists = ['/today', '/visits', '/cards', '/customers', '/objects', '/complaints'];
      for (const path of who === 'technician' ? lists.slice(0, 1) : lists.slice(1)) {
        await stage.open(path);
        if (who === 'dispatcher') await page.getByRole('button', { name: /^Усі/ }).click();
        const read = async () => ({ path, read: (await page.getByText(SCRIPTS[0] ?? '').count()) > 0 });
        await stage.until(read, { path, read: true });
        expect({ path, broken: await broken(page) }).toEqual({ path, broken: [] });
      }
    });
  }
});
