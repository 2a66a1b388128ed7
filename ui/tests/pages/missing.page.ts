/** A link to a record that cannot be shown: its page says why and leads on, and shows the record once it can. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

const NOWHERE = '0193f5a0-0000-7000-8000-00000000dead';
const KINDS = [
  ['visits', 'Виїзд'],
  ['cards', 'Картка'],
  ['objects', 'Об’єкт'],
  ['customers', 'Контрагент'],
  ['complaints', 'Рекламація'],
] as const;

describe('a record that is not on this device', () => {
  it('is said in the field, with the way back and the exchange that brings it', async () => {
    await using stage = await onStage('morning');
    const { page } = stage;
    await stage.open('/search');
    for (const [place, kind] of [...KINDS, ['staff', 'Працівник']]) {
      await stage.open(`/${place}/${NOWHERE}`);
      await page.getByRole('heading', { level: 1, name: kind, exact: true }).waitFor();
      await stage.sees('Цього запису немає на пристрої');
      await page.getByRole('button', { name: 'Обмінятися з офісом зараз' }).waitFor();
      // The page says it: a toast would say it twice.
      expect(await page.getByText('Цього запису немає на пристрої').count()).toBe(1);
      await stage.tap('Назад');
      await page.getByRole('searchbox').waitFor();
    }
    expect(await axe(page)).toEqual([]);
  });

  it('is said at a desk, whose way back is the journal', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    await stage.open(`/cards/${NOWHERE}`);
    await page.getByRole('button', { name: 'Назад' }).click();
    await page.getByRole('heading', { level: 1, name: 'Картки обслуговування' }).waitFor();
    for (const [place, kind] of KINDS) {
      await stage.open(`/${place}/${NOWHERE}`);
      await page.getByRole('heading', { level: 1, name: kind, exact: true }).waitFor();
      await stage.sees('Цього запису немає на пристрої');
    }
    expect(await axe(page)).toEqual([]);
  });

  it('is said where it would be edited, and is edited once it can be read', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    await stage.open(`/cards/${NOWHERE}/edit`);
    await stage.sees('Цього запису немає на пристрої');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: 'Картки обслуговування' }).waitFor();
    for (const [place, kind] of KINDS) {
      await stage.open(`/${place}/${NOWHERE}/edit`);
      await page.getByRole('heading', { level: 1, name: kind, exact: true }).waitFor();
      await stage.sees('Цього запису немає на пристрої');
      await page.getByRole('button', { name: 'Обмінятися з офісом зараз' }).waitFor();
      expect(await page.getByText('Цього запису немає на пристрої').count()).toBe(1);
    }
    expect(await axe(page)).toEqual([]);

    const document = await stage.visit(2);
    const answers = await stage.failing('open_form');
    await stage.open(`/visits/${document}/edit`);
    await stage.sees('Програма не відповідає');
    await answers();
    await dispatcher.ask('edit_records', { documents: [document], set: { duration_minutes: 100 } });
    await page.getByRole('button', { name: 'Зберегти' }).waitFor();
  });

  it('is shown as soon as it can be read', async () => {
    await using stage = await onStage('noon', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    const document = await stage.visit(2);
    const answers = await stage.failing('visit_page');
    await stage.open(`/visits/${document}`);
    await page.getByRole('link', { name: 'Пошук' }).last().waitFor();
    await answers();
    await dispatcher.ask('edit_records', { documents: [document], set: { duration_minutes: 100 } });
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
  });
});

describe('a record of another kind than its address says', () => {
  it('is said to be one, and to be found on its own page', async () => {
    await using stage = await onStage('morning');
    const { page } = stage;
    const customer = await stage.customer(2);
    await stage.open(`/visits/${customer}`);
    await stage.sees('Це запис іншого виду: «Контрагент»');
    expect(await page.getByText('Цього запису немає на пристрої').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Відкрити сторінку' }).click();
    await page.waitForURL(`**#/customers/${customer}`);
    await page.getByText('Це запис іншого виду').waitFor({ state: 'detached' });
  });
});
