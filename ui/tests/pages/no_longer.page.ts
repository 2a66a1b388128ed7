/** What was withdrawn or merged, found again long after its toast is gone: in a view of its journal, by its number. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId, ListQuery } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (): Promise<Stage> => onStage('noon', { who: 'dispatcher', width: 1366 });

async function makeCustomer({ dispatcher }: Stage, name: string): Promise<DocumentId> {
  const writes = { set: { name }, texts: [], add: [], correct: [], withdraw: [] };
  const { records } = await dispatcher.ask('create_record', { kind: 'customer', writes });
  const [made] = records;
  if (!made) throw new Error('no customer was made');
  return made.document;
}

/** How many of a journal no longer count. */
const gone = async ({ dispatcher }: Stage, kind: ListQuery['kind']): Promise<number> => {
  const query: ListQuery = {
    kind,
    columns: [],
    filters: [],
    sort: [],
    page: { after: null, limit: 1 },
    search: null,
    show: 'no_longer',
  };
  return (await dispatcher.ask('journal_total', query)).count;
};

describe('what no longer counts', () => {
  it('is found in a view of its journal, marked, and brought back from its page', async () => {
    await using stage = await desk();
    const { page } = stage;
    const customer = await stage.customer(2);
    const duplicate = await makeCustomer(stage, 'Тетерів (дубль)');
    const mistake = await makeCustomer(stage, 'Пробний запис');
    await stage.dispatcher.ask('merge_records', { duplicate, into: customer });
    await stage.open(`/customers/${mistake}`);
    await page.getByRole('button', { name: 'Інші дії' }).click();
    await page.getByRole('menuitem', { name: 'Відкликати запис' }).click();
    const sheet = stage.dialog();
    await sheet.getByRole('button', { name: 'Пробний запис' }).click();
    await sheet.getByRole('button', { name: 'Відкликати запис' }).click();
    await page.getByRole('button', { name: 'Повернути запис' }).waitFor();

    await stage.open('/customers');
    const row = (words: RegExp) => page.getByRole('row', { name: words });
    await row(/Молокозавод/).waitFor();
    expect(await row(/Пробний запис/).count()).toBe(0);
    await page.getByRole('button', { name: /^Відкликані й дублікати/ }).click();
    await row(/Пробний запис.*Відкликано/).waitFor();
    await row(/дубль.*Дублікат: .*Молокозавод/).waitFor();
    await stage.until(() => page.getByRole('row').count(), 3);
    // Nothing of them is edited in place.
    expect(await page.getByText('змінити', { exact: true }).count()).toBe(0);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
      expect(await axe(page)).toEqual([]);
    }

    await row(/Пробний запис/).dblclick();
    await page.getByRole('button', { name: 'Повернути запис' }).click();
    await stage.sees('Запис повернуто');
    await page.goBack();
    await stage.until(() => page.getByRole('row').count(), 2);
    // Beside the journal it says why, and comes back from there too.
    await row(/дубль/).click();
    const beside = page.getByRole('complementary');
    await beside.getByText(/Це дублікат/).waitFor();
    await beside.getByRole('button', { name: 'Це не дублікат' }).click();
    await page.getByText('Тут нічого немає').waitFor();
    await stage.until(() => gone(stage, 'customer'), 0);
  });

  it('is kept in a view of one’s own, and shown beside what counts by no other', async () => {
    await using stage = await desk();
    const { page } = stage;
    const mistake = await makeCustomer(stage, 'Пробний запис');
    await stage.dispatcher.ask('withdraw_record', { document: mistake, why: 'не той' });
    await stage.open('/customers?view=gone');
    await page.getByRole('row', { name: /Пробний запис/ }).waitFor();
    await page.getByRole('button', { name: 'Вигляди' }).click();
    await page.getByRole('menuitem', { name: 'Зберегти вигляд' }).click();
    await stage.dialog().getByRole('textbox').fill('На перевірку');
    await page.keyboard.press('Enter');
    await stage.sees('Вигляд «На перевірку» збережено');
    await page.getByRole('button', { name: /^Усі/ }).click();
    await page.getByRole('row', { name: /Молокозавод/ }).waitFor();
    expect(await page.getByRole('row', { name: /Пробний запис/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Вигляди' }).click();
    await page.getByRole('menuitem', { name: 'На перевірку' }).click();
    await page.getByRole('row', { name: /Пробний запис.*Відкликано/ }).waitFor();
    await page.getByRole('button', { name: 'Прибрати умову «Записи»' }).click();
    await page.getByRole('row', { name: /Молокозавод/ }).waitFor();
  });

  it('is found by its number in the palette, which says that it was withdrawn', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await stage.visit(2);
    const { head } = await dispatcher.ask('visit_page', { document });
    await dispatcher.ask('withdraw_record', { document, why: 'не той' });
    await stage.open('/today');
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.type(head.label);
    const option = page.getByRole('option', { name: /Відкликано/ }).first();
    await option.waitFor();
    await option.click();
    await page
      .getByText(/Причина: не той/)
      .first()
      .waitFor();
  });
});
