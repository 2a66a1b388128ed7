/** Ways to the screens of the list: to the record one is of, and what is tapped or typed there, in Ukrainian. */
import type { Page } from 'playwright-core';
import type { Device } from '../../scripts/browser.mjs';
import type { CallName, Done, Imported } from '../../src/lib/bindings';
import { type JournalKind, JOURNALS } from '../../src/lib/records/journals';
import { hearing, NOWHERE } from './states';

/** The visit of a place in the technician's day of a scene, from 1. */
export const visitOfDay =
  (place: number) =>
  async (device: Device): Promise<string> => {
    const { visits } = await device.ask('today', {});
    const visit = visits[place - 1];
    if (!visit) throw new Error(`the day has no visit ${place}`);
    return `/visits/${visit.link.document}`;
  };

/** The first record of a journal whose label has the words. */
export const record =
  (kind: JournalKind, words?: string) =>
  async (device: Device): Promise<string> => {
    const { rows } = await device.ask('journal', {
      kind,
      columns: ['label'],
      filters: [],
      sort: [{ column: 'label', direction: 'ascending', nulls: 'last' }],
      page: { after: null, limit: 1 },
      search: words === undefined ? null : { text: words, depth: 'inner' },
      show: 'standing',
    });
    const [first] = rows;
    if (!first) throw new Error(`there is no ${kind} ${words ?? ''}`);
    return `/${JOURNALS[kind]}/${first.document}`;
  };

/** Somebody who works here. */
export const colleague =
  (name: string) =>
  async (device: Device): Promise<string> => {
    const [one] = await device.ask('choices', { of: 'employees', text: name });
    if (!one) throw new Error(`nobody called ${name} works here`);
    return `/staff/${one.link.document}`;
  };

/** The card that was not accepted. */
export const refusedCard = async (device: Device): Promise<string> => {
  const [work] = await device.ask('not_accepted', {});
  if (!work) throw new Error('everything was accepted');
  return `/cards/${work.link.document}`;
};

export const edited = (path: (device: Device) => Promise<string>) => async (device: Device) =>
  `${await path(device)}/edit`;
export const complaintOn = (path: (device: Device) => Promise<string>) => async (device: Device) =>
  (await path(device)).replace('/visits/', '/complaints/new/');

export const button = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();
export const keys =
  (...pressed: string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key);
  };
export const typed = (words: string) => async (page: Page) => {
  await page.getByRole('searchbox').first().fill(words);
};
/** One after the other. */
export const all =
  (...steps: ((page: Page) => Promise<void>)[]) =>
  async (page: Page): Promise<void> => {
    for (const step of steps) await step(page);
  };
export const everything = (page: Page): Promise<void> =>
  page.locator('[data-view="all"]').dispatchEvent('click');
/** The rows of a journal are there, and the first has the keys. */
export const rows = async (page: Page): Promise<void> => {
  await page.getByRole('grid').getByRole('row').nth(1).waitFor();
  await page.getByRole('grid').focus();
};

/** A file full of mistakes is chosen, and looked at. */
export const file = async (page: Page): Promise<void> => {
  const rows = ['Назва;ЄДРПОУ;Телефон;Колір', 'Санаторій «Хвиля»;;0481234567;синій', 'Фабрика;123;;'];
  const chosen = { name: 'контрагенти.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
  await page.locator('input[type="file"]').setInputFiles(chosen);
  await page.getByRole('row').nth(1).waitFor();
};
/** The same file is being imported, and the device says how far it is; nothing of it is kept. */
export const importing = async (page: Page): Promise<void> => {
  await page.route('**/call/import_file', () => undefined);
  const progress = { ready: 14_210, total: 62_400 };
  const tell = await hearing(page, { event: 'import', progress });
  await file(page);
  await button(/^Імпортувати/)(page);
  await page.getByRole('progressbar').waitFor();
  tell();
  await page.getByText(/14.210/).waitFor();
};
/** It is imported. */
export const imported = async (page: Page): Promise<void> => {
  const at = '2026-11-23T11:46:00+02:00';
  const json: Imported = { file: 'контрагенти.csv', at, records: 12_398, refused: 2 };
  await page.route('**/call/import_file', (route) => route.fulfill({ json }));
  await file(page);
  await button(/^Імпортувати/)(page);
  await page.getByRole('button', { name: 'Зберегти невзяті рядки' }).waitFor();
};
/** Done, as a device that keeps nothing of it says. */
export const done =
  (call: CallName, act: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    const json: Done = { records: [{ document: NOWHERE, changes: ['0'.repeat(64)], text_base: [] }] };
    await page.route(`**/call/${call}`, (route) => route.fulfill({ json }));
    await act(page);
    await page.getByRole('status').getByRole('button', { name: 'Скасувати' }).waitFor();
  };
/** The editor of a column for all rows that are selected. */
export const bulk = (column: string) => async (page: Page) => {
  await all(everything, rows, keys('Home', 'Shift+ArrowDown'))(page);
  await page
    .getByRole('contentinfo')
    .or(page.getByLabel('Підсумок і клавіші'))
    .getByRole('button', { name: column })
    .click();
  await page.getByRole('dialog', { name: column }).waitFor();
};
/** The editor of a cell of the first row. */
export const cell = (title: string, column: string) => async (page: Page) => {
  await all(everything, rows)(page);
  await page.locator(`[role="gridcell"][data-column="${column}"]`).first().dblclick();
  await page.getByRole('dialog', { name: title }).waitFor();
};
/** What is chosen in a menu. */
export const chosen = (menu: string, item: string): ((page: Page) => Promise<void>) =>
  all(button(menu), (page) => page.getByRole('menuitem', { name: item }).click());
export const row = (name: RegExp) => (page: Page) => page.getByRole('row', { name }).first().click();
export const radio = (name: string | RegExp) => (page: Page) =>
  page.getByRole('radio', { name }).first().click();
/** The record as it was at its first moment. */
export const past = all((page) => page.getByRole('slider', { name: 'Стан на' }).focus(), keys('Home'));
const ADDRESS_AND_CODE = [
  ['Код', '7K3M-9QPX'],
  ['Назва пристрою', 'планшет ПЛ-07'],
  ['PIN', '2718'],
  ['Ще раз', '2718'],
] as const;
/** A server that nothing on the device vouches for answers the one who joins by address and code. */
export const comparing = async (page: Page): Promise<void> => {
  const shown = '1DST-HYG3-H5RC-93P0-FKBK-PRJQ-YEFC-G47P';
  const trouble = { what: 'not_proven', why: { is: 'not_known', shown } };
  await page.route('**/call/join', (route) =>
    route.fulfill({ status: 422, json: { code: 'relay', trouble } }),
  );
  await page.getByLabel('Посилання або адреса офісу').fill('https://office.example:7420');
  for (const [field, words] of ADDRESS_AND_CODE) await page.getByLabel(field, { exact: true }).fill(words);
  await page.getByRole('button', { name: 'Підключитися' }).click();
  await page.getByText('Відбиток сервера', { exact: true }).waitFor();
};
