/** Records made by mistake: withdrawn with a reason, said so on their page, brought back. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (width = 1366): Promise<Stage> => onStage('noon', { who: 'dispatcher', width });

const journal = async (stage: Stage, rows: number): Promise<void> => {
  await stage.open('/customers');
  await stage.until(
    () =>
      stage.page
        .getByRole('grid')
        .getByText(/Молокозавод/)
        .count(),
    rows,
  );
};

describe('a record made by mistake', () => {
  it('is withdrawn with a reason, is in no journal, says so on its page, and comes back', async () => {
    await using stage = await desk();
    const { page } = stage;
    const customer = await stage.customer(2);
    await journal(stage, 1);
    await stage.open(`/customers/${customer}`);
    await page.getByRole('button', { name: 'Інші дії' }).click();
    await page.getByRole('menuitem', { name: 'Відкликати запис' }).click();
    const sheet = stage.dialog();
    await sheet.getByText(/його можна повернути/).waitFor();
    await sheet.getByRole('button', { name: 'Відкликати запис' }).click();
    await sheet.getByText(/Напишіть причину/).waitFor();
    await sheet.getByRole('button', { name: 'Пробний запис' }).click();
    await sheet.getByRole('button', { name: 'Відкликати запис' }).click();
    await stage.sees('Запис відкликано, він більше не рахується');
    await page
      .getByText(/Причина: Пробний запис/)
      .first()
      .waitFor();
    // What no longer counts has no next step and is made into nothing.
    expect(await page.locator('.acts').locator('a, button').count()).toBe(0);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
      expect(await axe(page)).toEqual([]);
    }
    await journal(stage, 0);

    await stage.open(`/customers/${customer}`);
    await page.getByRole('button', { name: 'Повернути запис' }).click();
    await stage.sees('Запис повернуто');
    await page.getByRole('button', { name: 'Інші дії' }).waitFor();
    await journal(stage, 1);
  });

  it('is withdrawn and brought back by the toast, by the palette and by keys alone', async () => {
    await using stage = await desk(800);
    const { page } = stage;
    await stage.open(`/customers/${await stage.customer(2)}`);
    const command = async (words: string, name: string): Promise<void> => {
      await page.keyboard.press('Control+KeyK');
      await page.keyboard.type(words);
      await page.getByRole('option', { name }).waitFor();
      await page.keyboard.press('Enter');
    };
    const withdraw = async (): Promise<void> => {
      await command('відкликати', 'Відкликати запис');
      await stage.dialog().getByRole('textbox').focus();
      await page.keyboard.type('не той');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page
        .getByText(/Причина: не той/)
        .first()
        .waitFor();
    };
    await withdraw();
    await stage.undo();
    await stage.until(() => page.getByText(/Причина: не той/).count(), 0);
    await withdraw();
    await command('повернути', 'Повернути запис');
    await stage.until(() => page.getByText(/Причина: не той/).count(), 0);
    await page.keyboard.press('Control+KeyZ');
    await page
      .getByText(/Причина: не той/)
      .first()
      .waitFor();
  });

  it('hands the keys from what goes to what takes its place', async () => {
    await using stage = await desk();
    const { page } = stage;
    await stage.open(`/customers/${await stage.customer(2)}`);
    const { keyboard } = page;
    const has = (name: string): Promise<void> =>
      stage.until(
        () =>
          page.evaluate(() =>
            [document.activeElement].map((one) => one?.ariaLabel ?? one?.textContent.trim()),
          ),
        [name],
      );
    await page.getByRole('button', { name: 'Інші дії' }).focus();
    await keyboard.press('Enter');
    // A menu takes the keys only after it can be seen.
    await stage.until(() => page.getByRole('menuitem').and(page.locator(':focus')).count(), 1);
    await keyboard.press('End');
    await has('Відкликати запис');
    await keyboard.press('Enter');
    await stage.dialog().getByRole('textbox').waitFor();
    await keyboard.type('не той');
    await keyboard.press('Tab');
    await has('Скасувати');
    await keyboard.press('Tab');
    await has('Відкликати запис');
    await keyboard.press('Enter');
    await has('Повернути запис');
    await stage.until(
      () => page.getByRole('button', { name: 'Повернути запис', disabled: false }).count(),
      1,
    );
    await keyboard.press('Enter');
    await has('Інші дії');
    await page.getByRole('status').getByRole('button', { name: 'Скасувати' }).last().focus();
    await keyboard.press('Enter');
    await has('Повернути запис');
    // What is said next is read alone.
    expect(await page.getByRole('status').first().getAttribute('aria-atomic')).toBe('false');
    await page.getByRole('status').getByRole('button', { name: 'Закрити' }).last().focus();
    await keyboard.press('Enter');
    await has('Повернути запис');
  });

  it('asks nothing more once a colleague was first, and says so', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await stage.customer(2);
    await stage.open(`/customers/${document}`);
    await page.getByRole('button', { name: 'Інші дії' }).click();
    await page.getByRole('menuitem', { name: 'Відкликати запис' }).click();
    await stage.dialog().getByRole('button', { name: 'Пробний запис' }).click();
    await dispatcher.ask('withdraw_record', { document, why: 'не той' });
    await stage.sees('Запис уже не рахується');
    await stage.until(() => stage.dialog().count(), 0);
    await page
      .getByText(/Причина: не той/)
      .first()
      .waitFor();
    await stage.noDrafts();

    await page.route('**/call/restore_record', async (route) => {
      await dispatcher.ask('restore_record', { document });
      await route.continue();
    });
    await page.getByRole('button', { name: 'Повернути запис' }).click();
    await stage.sees('Запис уже повернули');
    expect(await page.getByRole('status').getByText('Запис повернуто').count()).toBe(0);
  });

  it('has no step and takes no facts on the page of a technician', async () => {
    await using stage = await onStage('noon');
    const { page, technician, dispatcher } = stage;
    const document = await stage.visit(2);
    await stage.openVisit(2);
    await page.getByRole('button', { name: 'Пауза' }).waitFor();
    await page.getByRole('button', { name: 'Робота', exact: true }).waitFor();
    await dispatcher.online(true);
    await dispatcher.ask('withdraw_record', { document, why: 'не той' });
    await technician.online(true);
    await page
      .getByText(/Причина: не той/)
      .first()
      .waitFor();
    expect(await page.locator('footer').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Робота', exact: true }).count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });

  it('is found by nothing on the page of whoever may not withdraw it', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    const document = await stage.customer(2);
    await stage.open(`/customers/${document}`);
    await page
      .getByRole('region', { name: 'Виїзди' })
      .or(page.getByText(/Молокозавод/))
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Інші дії' }).count()).toBe(0);
    const refused = await technician.ask('withdraw_record', { document, why: 'не той' });
    expect(refused).toMatchObject({ code: 'not_allowed' });
  });

  it('is its author’s to withdraw', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    const visit = await stage.visit(2);
    const set = { visit, channel: 'on_site', complaint_kind: 'failure', severity: 'major' };
    const writes = { set, texts: [], add: [], correct: [], withdraw: [] };
    const { records } = await technician.ask('create_record', { kind: 'complaint', writes });
    const [made] = records;
    if (!made) throw new Error('no complaint was made');
    await stage.open(`/complaints/${made.document}`);
    await page.getByRole('button', { name: 'Інші дії' }).tap();
    await page.getByRole('menuitem', { name: 'Відкликати запис' }).tap();
    await stage.dialog().getByRole('button', { name: 'Створено двічі' }).tap();
    await stage.dialog().getByRole('button', { name: 'Відкликати запис' }).tap();
    await page
      .getByText(/Причина: Створено двічі/)
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
  });
});
