/** Records of one thing: merged into the one that stays, said so on the page of the duplicate, parted again. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (width = 1366): Promise<Stage> => onStage('noon', { who: 'dispatcher', width });

/** A second record of the customer, with a visit of its own. */
async function makeDuplicate(stage: Stage): Promise<{ duplicate: DocumentId; visit: DocumentId }> {
  const nothing = { texts: [], add: [], correct: [], withdraw: [] };
  const make = async (kind: 'customer' | 'visit', set: object): Promise<DocumentId> => {
    const asked = { kind, writes: { ...nothing, set: { ...set } } };
    const { records } = await stage.dispatcher.ask('create_record', asked);
    const [made] = records;
    if (!made) throw new Error(`no ${kind} was made`);
    return made.document;
  };
  const duplicate = await make('customer', { name: 'Тетерів (дубль)', phones: ['+380412000111'] });
  return { duplicate, visit: await make('visit', { customer: duplicate }) };
}

describe('a duplicate of a customer', () => {
  it('is merged into the one that stays, which has its visits from then on, and is no duplicate again', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const customer = await stage.customer(2);
    const { duplicate, visit } = await makeDuplicate(stage);
    await stage.open(`/customers/${duplicate}`);
    await page.getByRole('button', { name: 'Інші дії' }).click();
    await page.getByRole('menuitem', { name: 'Об’єднати з іншим записом' }).click();
    const sheet = stage.dialog();
    const merge = sheet.getByRole('button', { name: 'Об’єднати', exact: true });
    await merge.click();
    await sheet.getByText(/Оберіть запис/).waitFor();
    await sheet.getByRole('combobox').fill('Молокозавод');
    const across = async (one: Locator): Promise<(number | undefined)[]> => {
      const box = await one.boundingBox();
      return [box?.x, box?.width];
    };
    const typedInto = await across(sheet.getByRole('combobox').locator('..'));
    await stage.until(() => across(page.getByRole('listbox')), typedInto);
    let count: () => void = () => undefined;
    const counted = new Promise<void>((resolve) => (count = resolve));
    await page.route('**/call/journal_total', (route) => counted.then(() => route.continue()));
    await page.getByRole('option', { name: /Молокозавод/ }).click();
    const stays = sheet.getByRole('region', { name: 'Лишається' });
    await stays.getByText('+380675550142').waitFor();
    // People choose by the counts: none is said before it is known.
    expect(await stays.getByText('Виїзди').count()).toBe(0);
    count();
    await stays.getByText('Виїзди').waitFor();
    const goes = sheet.getByRole('region', { name: 'Стане дублікатом' });
    await goes.getByText('+380412000111').waitFor();
    await goes.getByText('Тетерів (дубль)').waitFor();
    for (const theme of ['light', 'dark']) {
      await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
      expect(await axe(page)).toEqual([]);
    }
    await merge.click();

    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    // Whoever works with the keys goes on from there.
    await page.locator('h1:focus').waitFor();
    const visits = page
      .getByRole('region', { name: 'Виїзди', exact: true })
      .getByRole('heading')
      .getByRole('link');
    await stage.until(() => visits.innerText(), '2');
    const { customer: named } = await dispatcher.ask('visit_page', { document: visit });
    expect(named?.document).toBe(customer);

    await stage.open(`/customers/${duplicate}`);
    await stage.sees('Це дублікат');
    await page.getByRole('link', { name: /Молокозавод/ }).waitFor();
    await page.getByRole('button', { name: 'Це не дублікат' }).click();
    await page.getByRole('button', { name: 'Інші дії' }).waitFor();
    const { customer: own } = await dispatcher.ask('visit_page', { document: visit });
    expect(own?.document).toBe(duplicate);
  });

  it('is taken by keys alone into the record on the page, and the toast takes it back', async () => {
    await using stage = await desk(800);
    const { page, dispatcher } = stage;
    const customer = await stage.customer(2);
    const { duplicate } = await makeDuplicate(stage);
    await stage.open(`/customers/${customer}`);
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.type('іншим записом');
    await page.getByRole('option', { name: 'Об’єднати з іншим записом' }).waitFor();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Об’єднати з іншим записом' });
    await sheet.getByRole('combobox').waitFor();
    await page.keyboard.type('дубль');
    await page.getByRole('option', { name: /дубль/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="option"][data-highlighted]', { hasText: /дубль/ }).waitFor();
    await page.keyboard.press('Enter');
    await sheet
      .getByRole('region', { name: 'Стане дублікатом' })
      .getByText(/Молокозавод/)
      .waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await sheet
      .getByRole('region', { name: 'Лишається' })
      .getByText(/Молокозавод/)
      .waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await stage.sees('Записи об’єднано');
    const into = async (): Promise<DocumentId | undefined> => {
      const { head } = await dispatcher.ask('customer_page', { document: duplicate });
      return head.merged_into?.document;
    };
    expect(await into()).toBe(customer);
    // No list has the duplicate any more: it is found from the record that stays.
    await page.getByRole('link', { name: /дубль/ }).waitFor();
    await stage.undo();
    await stage.until(into, undefined);
  });
});
