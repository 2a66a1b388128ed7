/** The journal of complaints, used at a desk as the journals of the service are: by keys, of one and of many. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import type { DocumentId, Severity } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const SEVERITIES: readonly Severity[] = ['minor', 'minor', 'major'];

const press = async (stage: Stage, ...keys: string[]): Promise<void> => {
  for (const key of keys) await stage.page.keyboard.press(key);
};
const lines = ({ page }: Stage): Locator =>
  page.getByRole('grid').locator('[role="row"][id]:not(.group, :has(.group))');

/** Complaints of those severities stand in the journal, which has the keys. */
async function complaints(stage: Stage): Promise<DocumentId[]> {
  const customer = await stage.customer(2);
  const made: DocumentId[] = [];
  for (const severity of SEVERITIES) {
    const writes = { set: { customer, severity }, texts: [], add: [], correct: [], withdraw: [] };
    const { records } = await stage.dispatcher.ask('create_record', { kind: 'complaint', writes });
    made.push(...records.map(({ document }) => document));
  }
  await stage.open('/complaints');
  await stage.page.getByRole('button', { name: /^Усі/ }).click();
  await stage.until(() => lines(stage).count(), SEVERITIES.length);
  return made;
}

/** What the device has of each of them, in the order they were made. */
async function read<Value>(
  stage: Stage,
  made: readonly DocumentId[],
  of: (page: Awaited<ReturnType<typeof view>>) => Value,
): Promise<Value[]> {
  return (await Promise.all(made.map((document) => view(stage, document)))).map((page) => of(page));
}
const view = ({ dispatcher }: Stage, document: DocumentId) => dispatcher.ask('complaint_page', { document });

it('narrows and groups complaints, and keeps that as a view', async () => {
  await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
  await complaints(stage);
  const { page } = stage;
  const grid = page.getByRole('grid');
  await page.getByRole('button', { name: 'Групи' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Серйозність' }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await grid.getByRole('button', { name: /^Незначна/ }).waitFor();
  await grid.getByRole('button', { name: /^Значна/ }).waitFor();

  await page.getByRole('button', { name: 'Умова' }).click();
  await page.getByRole('menuitem', { name: 'Серйозність' }).click();
  await page.getByRole('option', { name: 'Незначна', exact: true }).click();
  await press(stage, 'Escape');
  await stage.sees('Серйозність: Незначна');
  await grid.getByRole('button', { name: /^Значна/ }).waitFor({ state: 'detached' });
  await stage.until(() => lines(stage).count(), 2);

  await page.getByRole('button', { name: 'Вигляди' }).click();
  await page.getByRole('menuitem', { name: 'Зберегти вигляд' }).click();
  await page.getByLabel('Назва').fill('Дрібні');
  await press(stage, 'Enter');
  await stage.sees('Вигляд «Дрібні» збережено на пристрої');
  await page.reload();
  await stage.open('/complaints');
  await page.getByRole('button', { name: /^Усі/ }).click();
  await stage.until(() => lines(stage).count(), SEVERITIES.length);
  await page.getByRole('button', { name: 'Вигляди' }).click();
  await page.getByRole('menuitem', { name: 'Дрібні' }).click();
  await stage.sees('Серйозність: Незначна');
  await grid.getByRole('button', { name: /^Незначна/ }).waitFor();
  await stage.until(() => lines(stage).count(), 2);
});

it('edits a complaint in its cell and takes that back, and shows it beside its row', async () => {
  await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
  const made = await complaints(stage);
  const { page } = stage;
  const severities = (): Promise<(Severity | null)[]> => read(stage, made, ({ severity }) => severity);
  await page.getByRole('grid').focus();
  await press(stage, 'Home');
  // From the row to its first cell that may be edited.
  await press(stage, 'KeyE');
  const editor = page.getByRole('dialog', { name: 'Серйозність' });
  await editor.getByRole('option', { name: 'Критична' }).click();
  await stage.sees('Змінено 1 запис');
  await stage.until(async () => (await severities()).filter((one) => one === 'critical').length, 1);
  await page.getByRole('grid').focus();
  await press(stage, 'Control+KeyZ');
  await stage.sees('Повернуто як було');
  await stage.until(severities, [...SEVERITIES]);

  await press(stage, 'Escape', 'End', 'ArrowUp');
  const panel = page.getByRole('complementary');
  await panel
    .getByText(/езначна|Значна/)
    .first()
    .waitFor();
  await press(stage, 'Enter');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(made.some((document) => page.url().includes(`/complaints/${document}`))).toBe(true);
});

it('gives many complaints to one person, and takes that back of all', async () => {
  await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
  const made = await complaints(stage);
  const { page } = stage;
  const people = (): Promise<(string | undefined)[]> =>
    read(stage, made, ({ responsible }) => responsible?.title);
  const before = await people();
  await page.getByRole('grid').focus();
  await press(stage, 'Home', 'Control+KeyA');
  await stage.sees('Обрано 3 записи');
  await page.getByRole('button', { name: 'Відповідальний', exact: true }).last().click();
  const editor = page.getByRole('dialog', { name: 'Відповідальний' });
  await editor.locator('input:focus').waitFor();
  await page.keyboard.type('Бондар');
  await editor.getByRole('option', { name: /Бондар/ }).click();
  await stage.sees('Змінено 3 записи');
  await stage.until(async () => (await people()).every((one) => one?.includes('Бондар')), true);
  await page.getByRole('grid').focus();
  await press(stage, 'Control+KeyZ');
  await stage.sees('Повернуто як було');
  await stage.until(people, before);
});
