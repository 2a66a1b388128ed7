/** What people type is text on every screen: no script of it runs, no element of it is made, and all of it is read. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type {
  CallName,
  Calls,
  ConflictSide,
  DeskQueue,
  DocumentId,
  Kind,
  Linked,
  NoticeLine,
  RefusedWork,
  VisitPage,
  Writes,
} from '../../src/lib/bindings';
import type { Device } from '../../scripts/browser.mjs';
import { writes } from '../../src/lib/records/writes';
import { type Place, placeOf } from '../../src/routes/places';
import { onStage } from './stage';

const SCRIPTS = [
  '<img src="x:" onerror="window.hit=1">',
  '"><script>window.hit=1</script>',
  "'><svg/onload=window.hit=1>",
  '<iframe srcdoc="<script>parent.hit=1</script>">',
  'javascript:window.hit=1//',
  '{@html "<b onclick=window.hit=1>"}{{constructor.constructor("window.hit=1")()}}',
];

/** A picture of one point. */
const DOT = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const text = (field: string, new_text: string): Writes['texts'][number] => ({
  ...{ field, base_heads: [], base_text: '', new_text },
});

async function create(device: Device, kind: Kind, written: Partial<Writes>): Promise<DocumentId> {
  const done = await device.ask('create_record', { kind, writes: writes(written) });
  const document = done.records[0]?.document;
  if (document === undefined) throw new Error(`no ${kind} was made: ${JSON.stringify(done)}`);
  return document;
}

/** Asks a device for what it has to do; what it did not do is said. */
async function act<Name extends CallName>(
  device: Device,
  name: Name,
  asked: Calls[Name]['asked'],
): Promise<void> {
  const done: object | null = await device.ask(name, asked);
  if (!done || !('records' in done)) throw new Error(`${name} was not done: ${JSON.stringify(done)}`);
}

/** What the technician writes down in a visit: a step's reason, a work's note, a photo's caption. */
async function work(technician: Device, visit: DocumentId, words: string): Promise<void> {
  for (const step of ['travel_started', 'arrived', 'work_started'] as const) {
    await act(technician, 'take_visit_step', { visit, act: step });
  }
  await act(technician, 'take_visit_step', { visit, act: 'paused', reason: words });
  const [kind] = await technician.ask('choices', { of: { directory: 'work_kind' } });
  if (!kind) throw new Error('there is no kind of work');
  const rest = { unit: null, volume: '1', period: null, hours: '1', who: null };
  await act(technician, 'add_work', {
    visit,
    work: { work_kind: kind.link.document, ...rest, note: words },
  });
  const photo = { content: DOT, media_type: 'image/gif', caption: words };
  await act(technician, 'add_photo', { document: visit, ...photo });
}

type About = Record<'customer' | 'equipment' | 'card' | 'visit' | 'complaint', DocumentId>;

/** A visit of today in whose every line and text the words stand, with what it is about. */
async function write(office: Device, technician: Device, me: DocumentId, words: string): Promise<About> {
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
  await work(technician, visit, words);
  return { ...about, complaint };
}

/** Somebody and an entry of a directory called so, whom every device knows. */
async function name(administrator: Device, words: string): Promise<Record<'person' | 'entry', DocumentId>> {
  const team = await create(administrator, 'team', { set: { name: words } });
  const person = await create(administrator, 'employee', {
    set: { surname: words, given_name: words, position: words, team },
  });
  const set = { directory: 'work_kind', name: words, name_en: words, code: words, position: 90 };
  return { person, entry: await create(administrator, 'directory_entry', { set }) };
}

type Stage = Awaited<ReturnType<typeof onStage>>;

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

/** The words stand on the page or in a field of it, whole, and are nothing but words. */
async function holds(page: Page, where: string, words: string): Promise<void> {
  const read = (text: string): boolean =>
    document.body.innerText.includes(text) ||
    [...document.querySelectorAll('input, textarea')].some((one) =>
      (one as HTMLInputElement | HTMLTextAreaElement).value.includes(text),
    );
  const seen = async () => ({ where, words, seen: await page.evaluate(read, words) });
  await expect.poll(seen, { timeout: 30_000 }).toEqual({ where, words, seen: true });
  expect({ where, words, broken: await broken(page) }).toEqual({ where, words, broken: [] });
}

/** What the technician wrote down stands on the page of a visit, each in its place. */
async function holdsWork(page: Page, who: 'technician' | 'dispatcher', words: string): Promise<void> {
  const photos = page.getByRole('region', { name: 'Фото', exact: true });
  await photos.getByText(words, { exact: true }).waitFor();
  if (who === 'dispatcher') return;
  await page.getByText(`Причина: ${words}`, { exact: true }).waitFor();
  await page
    .locator('small')
    .filter({ hasText: ` · ${words}` })
    .first()
    .waitFor();
}

/** Opens an address, which must be of the place that is meant. */
async function open(stage: Stage, at: Place['at'], path: string): Promise<void> {
  expect({ path, at: placeOf(path).at }).toEqual({ path, at });
  await stage.open(path);
}

/** Every record with the words, written once; the page of each and the lists they stand in follow. */
async function written(stage: Stage): Promise<Map<string, About>> {
  const { technician, dispatcher } = stage;
  const me = (await technician.ask('me')).employee.document;
  const all = new Map<string, About>();
  for (const words of SCRIPTS) all.set(words, await write(dispatcher, technician, me, words));
  const last = all.get(SCRIPTS.at(-1) ?? '')?.visit ?? '';
  await stage.until(
    async () => (await dispatcher.ask('visit_page', { document: last })).photos.map(({ caption }) => caption),
    SCRIPTS.slice(-1),
  );
  return all;
}

describe('typed scripts', () => {
  for (const who of ['technician', 'dispatcher'] as const) {
    it(`stay text on the pages and lists of the ${who}`, async () => {
      await using stage = await onStage('morning', { who, width: 1366 });
      const { page } = stage;
      for (const [words, about] of await written(stage)) {
        const pages = [
          ['visit', `/visits/${about.visit}`],
          ['object', `/objects/${about.equipment}`],
          ['card', `/cards/${about.card}`],
          ['customer', `/customers/${about.customer}`],
          ['complaint', `/complaints/${about.complaint}`],
          ['form', `/complaints/new/${about.visit}`],
        ] as const;
        for (const [at, path] of pages) {
          await open(stage, at, path);
          await holds(page, at, words);
          if (at === 'visit') await holdsWork(page, who, words);
        }
        await open(stage, 'search', '/search');
        await page.getByRole('searchbox').first().fill(words);
        await page.getByRole('link').filter({ hasText: words }).first().waitFor();
        await holds(page, 'search', words);
      }
      const lists = ['/visits', '/cards', '/customers', '/objects', '/complaints'];
      for (const path of who === 'technician' ? ['/today', '/mine'] : lists) {
        await stage.open(path);
        if (who === 'dispatcher') await page.getByRole('button', { name: /^Усі/ }).click();
        await holds(page, path, SCRIPTS[0] ?? '');
      }
    });
  }

  for (const who of ['technician', 'dispatcher'] as const) {
    it(`stay text as answers to a checklist, on the page of the ${who}`, async () => {
      await using stage = await onStage('noon', { who, width: 1366 });
      const { page } = stage;
      const visit = await stage.visit(2);
      let answered = '';
      await page.route('**/call/visit_page', async (route) => {
        const response = await route.fetch();
        const view = (await response.json()) as VisitPage;
        await route.fulfill({ json: answeredWith(view, answered) });
      });
      for (const words of SCRIPTS) {
        answered = words;
        await open(stage, 'visit', `/visits/${visit}`);
        await page.reload();
        const checklist = page.getByRole('region', { name: 'Чек-лист' });
        await checklist.getByText(`: ${words}`).first().waitFor();
        if (who === 'technician')
          await expect.poll(() => checklist.getByRole('textbox').inputValue()).toBe(words);
        else await checklist.getByText(words, { exact: true }).waitFor();
        await holds(page, 'the checklist', words);
      }
    });
  }

  it('stay text in the forms, the panel and the palette of the dispatcher', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    for (const [words, about] of await written(stage)) {
      const forms = [
        `/visits/${about.visit}`,
        `/objects/${about.equipment}`,
        `/cards/${about.card}`,
        `/customers/${about.customer}`,
        `/complaints/${about.complaint}`,
      ];
      for (const path of forms) {
        await open(stage, 'form', `${path}/edit`);
        await holds(page, `${path}/edit`, words);
      }
      await open(stage, 'journal', '/customers');
      await page.getByRole('row').filter({ hasText: words }).first().click();
      await page.getByRole('complementary').filter({ hasText: words }).waitFor();
      await holds(page, 'the panel', words);
      await page.keyboard.press('Control+KeyK');
      await page.keyboard.type(words);
      await page.getByRole('option').filter({ hasText: words }).first().waitFor();
      await holds(page, 'the palette', words);
      await page.keyboard.press('Escape');
    }
  });

  for (const who of ['technician', 'dispatcher'] as const) {
    it(`stay text as names of people and entries, on the screens of the ${who}`, async () => {
      await using stage = await onStage('morning', { who, width: 1366 });
      const { page, administrator } = stage;
      const named = new Map<string, Awaited<ReturnType<typeof name>>>();
      for (const words of SCRIPTS) named.set(words, await name(administrator, words));
      await administrator.online(true);
      await stage[who].online(true);
      const last = [...named.values()].at(-1)?.entry;
      const known = async () => (await stage[who].ask('search', { text: 'img' })).length > 0;
      await stage.until(known, true);
      const entries = async () =>
        (await stage[who].ask('choices', { of: { directory: 'work_kind' } })).some(
          ({ link }) => link.document === last,
        );
      await stage.until(entries, true);
      for (const [words, { person, entry }] of named) {
        await open(stage, 'person', `/staff/${person}`);
        await page.getByText(words).first().waitFor();
        await holds(page, 'person', words);
        if (who === 'technician') continue;
        await open(stage, 'directories', `/directories/${entry}`);
        await page.getByRole('complementary').filter({ hasText: words }).waitFor();
        await holds(page, 'directories', words);
      }
    });
  }

  it('stay text as names of teams and of kept views', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, administrator, dialog } = stage;
    for (const words of SCRIPTS) await create(administrator, 'team', { set: { name: words } });
    await open(stage, 'staff', '/staff/teams');
    for (const words of SCRIPTS) await holds(page, 'teams', words);
    await open(stage, 'journal', '/visits');
    const menu = page.getByTitle('Вигляди');
    for (const words of SCRIPTS) {
      await menu.click();
      await page.getByRole('menuitem', { name: 'Зберегти вигляд' }).click();
      await dialog().getByLabel('Назва').fill(words);
      await page.keyboard.press('Enter');
      await holds(page, 'toast', words);
    }
    await menu.click();
    for (const words of SCRIPTS) await holds(page, 'views', words);
  });

  it('stay text in a file that is looked at', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    await open(stage, 'import', '/import');
    const quoted = SCRIPTS.map((words) => `"${words.replaceAll('"', '""')}"`);
    const text = ['Назва', ...quoted].join('\n');
    const file = { name: `${SCRIPTS[0] ?? ''}.csv`, mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByRole('row').nth(1).waitFor();
    for (const words of SCRIPTS) await holds(page, 'import', words);
  });

  it('stay text in notices, in what was refused and in what waits for a decision', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    const customer = await stage.customer(2);
    const told = SCRIPTS.map((words) => toldOf(words, customer, dispatcher.now));
    await answered(
      page,
      'notices',
      told.map(({ notice }) => notice),
    );
    await answered(
      page,
      'not_accepted',
      told.map(({ refused }) => refused),
    );
    const { head } = await dispatcher.ask('customer_page', { document: customer });
    const records: DeskQueue['records'] = told.map(({ side }, at) => ({
      ...head,
      document: told[at]?.refused.link.document ?? customer,
      title: String(side.value),
      conflicts: [{ path: { field: 'name' }, decider: 'dispatcher', may_decide: true, sides: [side, side] }],
    }));
    await answered(page, 'desk_queue', { records, more: 0 } satisfies DeskQueue);
    await open(stage, 'notices', '/notices');
    for (const words of SCRIPTS) await holds(page, 'notices', words);
    await open(stage, 'not_accepted', '/not-accepted');
    for (const words of SCRIPTS) await holds(page, 'not_accepted', words);
    await open(stage, 'review', '/review');
    for (const words of SCRIPTS) {
      await page.getByRole('row').filter({ hasText: words }).first().click();
      await page.getByRole('complementary').filter({ hasText: words }).first().waitFor();
      await holds(page, 'review', words);
    }
  });
});

/** The device is said to answer a call so. */
const answered = (page: Page, call: string, json: unknown): Promise<unknown> =>
  page.route(`**/call/${call}`, (route) => route.fulfill({ json }));

/** A visit whose first question was answered so by one, and in other words by another. */
function answeredWith(view: VisitPage, words: string): VisitPage {
  const { checklist } = view;
  const [first] = checklist?.items ?? [];
  if (!checklist || !first) throw new Error('there is no question');
  const answer = { row: first.item, answer: words, note: null, by: null, at: null };
  const disputed = [answer, { ...answer, answer: `${words}.` }];
  const item = { ...first, answer_kind: 'line' as const, choices: [], answer, disputed };
  return { ...view, checklist: { ...checklist, items: [item] } };
}

/** What a device tells of a record that is called so, in which somebody called so wrote it. */
function toldOf(
  words: string,
  document: DocumentId,
  now: number,
): { notice: NoticeLine; refused: RefusedWork; side: ConflictSide } {
  const by: Linked = { document, kind: 'employee', label: words, title: words };
  const link: Linked = { document: `${document} ${words}`, kind: 'customer', label: words, title: words };
  const entered = { links: [], rows: [], before_text: words };
  return {
    notice: {
      notice: { is: 'decide', document, name: { document, kind: 'customer', label: words, title: words } },
      told_ms: now,
      is_new: true,
    },
    refused: {
      envelope: words,
      link,
      kind: 'customer',
      outcome: 'declined',
      reason: { code: 'declined', answer: words },
      path: null,
      arrived_ms: now,
      by,
      entered: [
        {
          ...entered,
          intent: { do: 'set', path: { field: 'name' }, value: words },
          before: [words],
        },
        {
          ...entered,
          intent: { do: 'edit_text', field: 'notes', base_heads: [], base_text: '', new_text: words },
          before: [],
        },
      ],
    },
    side: {
      value: words,
      links: [],
      rows: [],
      by,
      position: words,
      device: words,
      made_ms: now,
      arrived_ms: now,
    },
  };
}
