/** The Office's journals, used as people at a desk use them: by keys. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (): Promise<Stage> => onStage('morning', { who: 'dispatcher', width: 1366 });

/** The journal of visits, all of them, with the keys on its rows. */
async function visits(stage: Stage): Promise<void> {
  await stage.open('/visits');
  await stage.page.getByRole('button', { name: /^Усі/ }).click();
  await stage.page.getByRole('grid').focus();
}

const press = async (stage: Stage, ...keys: string[]): Promise<void> => {
  for (const key of keys) await stage.page.keyboard.press(key);
};

/** The planned starts of the visits that are selected, as the device has them. */
async function starts(stage: Stage, documents: readonly DocumentId[]): Promise<(string | undefined)[]> {
  const views = await Promise.all(
    documents.map((document) => stage.dispatcher.ask('visit_page', { document })),
  );
  return views.map(({ window }) => window?.slice(0, 16));
}

describe('the journal of visits', () => {
  it('is where a day at the desk begins', async () => {
    await using stage = await desk();
    await stage.open('');
    await stage.page.getByRole('grid').waitFor();
  });

  it('is walked, searched, edited and opened without a mouse, and an edit is taken back', async () => {
    await using stage = await desk();
    await visits(stage);
    const { page } = stage;
    const grid = page.getByRole('grid');
    await press(stage, 'Slash');
    await page.keyboard.type('молокозавод');
    await stage.until(() => grid.locator('[role="row"][id]').count(), 1);
    await press(stage, 'ArrowDown', 'Home', 'ArrowDown', 'ArrowUp');
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: /Молокозавод/ }).waitFor();

    // From the row to the cell of whoever goes, and there to somebody else.
    await press(stage, 'KeyE');
    const editor = page.getByRole('dialog', { name: 'Виконавці' });
    await editor.locator('input:focus').waitFor();
    await page.keyboard.type('Бондар');
    await editor.locator('[role="option"][data-selected]', { hasText: 'Бондар' }).waitFor();
    await press(stage, 'Enter', 'Tab', 'Tab', 'Tab', 'Enter');
    await stage.sees('Змінено 1 запис');
    await grid.getByText(/Бондар/).waitFor();
    await page.getByRole('grid').focus();
    await press(stage, 'Control+KeyZ');
    await stage.sees('Повернуто як було');
    await stage.until(() => grid.getByText(/Бондар/).count(), 0);

    await press(stage, 'Enter');
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    await page.goBack();
    await grid.waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('молокозавод');
    expect(await grid.locator('[aria-selected="true"]').count()).toBe(1);
  });

  it('draws in another order also the rows below those that are seen', async () => {
    await using stage = await desk();
    const { page } = stage;
    await page.setViewportSize({ width: 1366, height: 300 });
    await visits(stage);
    const below = page.locator('[role="row"][aria-rowindex="9"]');
    const before = await below.textContent();
    expect((await below.boundingBox())?.y).toBeGreaterThan(300);
    await page.getByRole('columnheader', { name: 'Номер' }).getByRole('button').first().click();
    await stage.until(async () => (await below.textContent()) === before, false);
    const drawn = await below.textContent();
    await below.scrollIntoViewIfNeeded();
    expect(await below.textContent()).toBe(drawn);
  });

  it('moves many visits together, and back together', async () => {
    await using stage = await desk();
    await visits(stage);
    const { page } = stage;
    const { rows } = await stage.dispatcher.ask('journal', {
      kind: 'visit',
      columns: ['window_start'],
      filters: [],
      sort: [{ column: 'window_start', direction: 'descending', nulls: 'last' }],
      page: { after: null, limit: 2 },
      search: null,
      show: 'standing',
    });
    const both = rows.map(({ document }) => document);
    // The rows of the view before are rows too.
    const { head } = await stage.dispatcher.ask('visit_page', { document: both[0] ?? '' });
    await page.locator('[role="row"][aria-rowindex="2"]').getByText(head.label).waitFor();
    // One by one: Space begins with the row the cursor stands on, and Ctrl leaves what it goes by as it is.
    await press(stage, 'Home', 'Space', 'Control+ArrowDown', 'Control+ArrowDown', 'Space');
    await stage.sees('Обрано 2 записи');
    await press(stage, 'Control+Space', 'Control+ArrowUp', 'Space');
    await stage.sees('Обрано 2 записи');
    const before = await starts(stage, both);
    await page.getByRole('button', { name: 'Час', exact: true }).last().click();
    await page.getByRole('option', { name: 'На тиждень пізніше' }).click();
    await stage.sees('Змінено 2 записи');
    const later = before.map((start) =>
      start?.replace(/-(\d\d)T/, (_, day: string) => `-${Number(day) + 7}T`),
    );
    await stage.until(
      async () => (await starts(stage, both)).map((start) => start?.replace('12-01', '11-31')),
      later,
    );
    await page.getByRole('grid').focus();
    await press(stage, 'Control+KeyZ');
    await stage.until(() => starts(stage, both), before);
  });

  it('says in the head of a group the hours and the percent of what is found in it', async () => {
    await using stage = await onStage('noon', { who: 'dispatcher', width: 1366 });
    await stage.meet();
    await visits(stage);
    const { page } = stage;
    await page.getByRole('button', { name: 'Групи' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Стан' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    const heads = async (): Promise<string[]> => {
      const all = await page.getByRole('grid').locator('.group').allInnerTexts();
      return all.map((head) => head.replace(/\s+/g, ' ').trim());
    };
    await stage.until(heads, [
      'Призначений 6 записів · 6 год 40 хв · 0 %',
      'У роботі 1 запис · 2 год · 64 %',
      'Виконаний 1 запис · 1 год 10 хв · 100 %',
    ]);
    await page.getByPlaceholder('Знайти в журналі').fill('лікарня');
    await stage.until(heads, ['Призначений 1 запис · 1 год 30 хв · 0 %']);
  });

  it('is narrowed, grouped and arranged, and a kept view brings all of it back', async () => {
    await using stage = await desk();
    await visits(stage);
    const { page } = stage;
    const grid = page.getByRole('grid');
    // Of a condition nothing was chosen for nothing stays.
    await page.getByRole('button', { name: 'Умова' }).click();
    await page.getByRole('menuitem', { name: 'Виконавці' }).click();
    await page.getByRole('button', { name: /Умова «Виконавці»/ }).waitFor();
    await press(stage, 'Escape');
    await page.getByRole('button', { name: /Умова «Виконавці»/ }).waitFor({ state: 'detached' });
    // The keys go on from where it was added.
    await press(stage, 'Enter');
    await page.getByRole('menuitem', { name: 'Стан' }).click();
    await page.getByRole('option', { name: 'Призначений', exact: true }).click();
    await press(stage, 'Escape');
    await page.getByRole('button', { name: 'Групи' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Стан' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await grid.getByRole('button', { name: /^Призначений/ }).waitFor();
    await page.getByRole('button', { name: 'Стовпці' }).click();
    await page.getByRole('checkbox', { name: 'Об’єкт' }).uncheck();
    await page.getByRole('button', { name: 'Стовпець «Стан» раніше' }).click();
    await press(stage, 'Escape');
    const heads = (): Promise<string[]> => grid.getByRole('columnheader').allInnerTexts();
    expect((await heads()).map((head) => head.trim())).toEqual([
      'Номер',
      'Стан',
      'Контрагент',
      'Виконавці',
      'Час',
      'Виконано',
    ]);

    await page.getByRole('button', { name: 'Вигляди' }).click();
    await page.getByRole('menuitem', { name: 'Зберегти вигляд' }).click();
    await page.getByLabel('Назва').fill('Призначені');
    await press(stage, 'Enter');
    await stage.sees('Вигляд «Призначені» збережено на пристрої');
    await page.reload();
    await stage.open('/visits');
    await stage.until(async () => (await heads()).length, 7);
    await page.getByRole('button', { name: 'Вигляди' }).click();
    await page.getByRole('menuitem', { name: 'Призначені' }).click();
    await grid.getByRole('button', { name: /^Призначений/ }).waitFor();
    await stage.until(async () => (await heads()).length, 6);
    await stage.sees('Стан: Призначений');
  });

  it('shows on a tablet the columns that tell most, and any other that is asked for', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 800 });
    await stage.open('/visits');
    const { page } = stage;
    const grid = page.getByRole('grid');
    const heads = async (): Promise<string[]> =>
      (await grid.getByRole('columnheader').allInnerTexts()).map((head) => head.trim());
    const scrolls = (): Promise<boolean> => grid.evaluate((one) => one.scrollWidth > one.clientWidth);
    await stage.until(heads, ['Номер', 'Контрагент', 'Стан', 'Виконавці', 'Час']);
    await stage.until(scrolls, false);
    await page.getByRole('button', { name: 'Стовпці' }).click();
    await page.getByRole('checkbox', { name: 'Об’єкт' }).check();
    await press(stage, 'Escape');
    await stage.until(heads, ['Номер', 'Контрагент', 'Об’єкт', 'Стан', 'Час']);
    await stage.until(scrolls, false);
    await page.setViewportSize({ width: 1366, height: 1280 });
    await stage.until(async () => (await heads()).length, 7);
  });

  it('keeps views that are renamed, put in order and taken out, over a restart', async () => {
    await using stage = await desk();
    await visits(stage);
    const { page } = stage;
    const menu = page.getByTitle('Вигляди');
    const choose = async (menuButton: Locator, item: string): Promise<void> => {
      await menuButton.click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    };
    const keep = async (name: string): Promise<void> => {
      await choose(menu, 'Зберегти вигляд');
      await page.getByLabel('Назва').fill(name);
      await press(stage, 'Enter');
      await stage.sees(`Вигляд «${name}» збережено на пристрої`);
    };
    const names = async (): Promise<string[]> => {
      await menu.click();
      await page.getByRole('menuitem').first().waitFor();
      const all = await page.getByRole('menuitem').allInnerTexts();
      await press(stage, 'Escape');
      return all.map((name) => name.trim()).filter((name) => !/^Зберегти вигляд|^Відкликані/.test(name));
    };
    const acts = (name: string): Locator => page.getByRole('button', { name: `Дії з виглядом «${name}»` });
    await keep('Мій ранок');
    await keep('Мій вечір');
    await choose(acts('Мій вечір'), 'Перейменувати');
    await page.getByLabel('Назва').fill('Вечір');
    await press(stage, 'Enter');
    await stage.sees('Вигляд названо «Вечір»');
    await choose(acts('Вечір'), 'Раніше в переліку');
    await stage.until(names, ['Вечір', 'Мій ранок']);
    await page.reload();
    await stage.open('/visits');
    await stage.until(names, ['Вечір', 'Мій ранок']);
    await choose(menu, 'Вечір');
    await choose(acts('Вечір'), 'Прибрати вигляд «Вечір»');
    await stage.until(names, ['Мій ранок']);
    await stage.undo();
    await stage.sees('Повернуто як було: «Вечір»');
    await stage.until(names, ['Вечір', 'Мій ранок']);
  });

  it('brings back the name of a view that was being typed, with how the journal looked', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366, lives: 'again' });
    await visits(stage);
    await stage.page.getByRole('button', { name: 'Стовпці' }).click();
    await stage.page.getByRole('checkbox', { name: 'Об’єкт' }).uncheck();
    await press(stage, 'Escape');
    await stage.page.getByRole('button', { name: 'Вигляди' }).click();
    await stage.page.getByRole('menuitem', { name: 'Зберегти вигляд' }).click();
    await stage.page.getByLabel('Назва').fill('Мій ранок');
    await stage.keptDraft('Мій ранок');
    await stage.powerCut();
    await stage.open('/visits');
    await stage.until(() => stage.page.getByLabel('Назва').inputValue(), 'Мій ранок');
    // The field has the keys without a click.
    await stage.page.getByRole('textbox', { name: 'Назва' }).and(stage.page.locator(':focus')).waitFor();
    await press(stage, 'Enter');
    await stage.sees('Вигляд «Мій ранок» збережено на пристрої');
    await stage.noDrafts();
    expect(await stage.page.getByRole('columnheader', { name: 'Об’єкт' }).count()).toBe(0);
  });

  it('says so when nothing fits, and shows everything again', async () => {
    await using stage = await desk();
    await visits(stage);
    await press(stage, 'Slash');
    await stage.page.keyboard.type('нічого такого');
    await stage.sees('Нічого не знайдено');
    await stage.page.getByRole('button', { name: 'Показати все' }).click();
    await stage.page
      .getByRole('grid')
      .getByText(/Хлібодар/)
      .first()
      .waitFor();
  });
});

describe('work to do', () => {
  it('is counted in the rail, which leads to the very list', async () => {
    await using stage = await desk();
    await stage.open('/customers');
    const { page } = stage;
    const overdue = page.getByRole('link', { name: 'Прострочені виїзди' });
    await stage.until(() => overdue.innerText(), 'Прострочені виїзди\n1');
    await overdue.click();
    const rows = page.getByRole('grid').locator('[role="row"][id]');
    await stage.until(() => rows.count(), 1);
    await stage.sees('Прострочено');
    expect(await overdue.getAttribute('aria-current')).toBe('page');

    // Somebody moves it to tomorrow: nothing is late any more, and nobody had to look again.
    const visit = await stage.visit(1);
    const window = '2026-11-24T16:00:00+02:00/2026-11-24T17:00:00+02:00';
    await stage.dispatcher.ask('move_visits', { moves: [{ visit, window }] });
    await stage.until(() => overdue.innerText(), 'Прострочені виїзди');
    await stage.until(() => rows.count(), 0);
  });

  it('is found by any words of the palette, with every other view of a journal', async () => {
    await using stage = await desk();
    await stage.open('/customers');
    const { page } = stage;
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.type('виїзду');
    await page.getByRole('option', { name: 'Картки обслуговування: Без наступного виїзду' }).click();
    await page.getByRole('heading', { level: 1, name: 'Картки обслуговування' }).waitFor();
    await stage.sees('Наступний виїзд: не вказано');
  });
});

describe('a device that has only begun to receive', () => {
  it('says so at the desk, and not that all is in the office', async () => {
    await using stage = await desk();
    const { page, sees } = stage;
    const coming = { is: 'first_sync', organisation: 'Тепло Сервіс', records: 12_400, usable: true };
    await page.route('**/call/stage', (route) => route.fulfill({ json: coming }));
    await stage.open('/visits');
    const said = /^Перший обмін: 12.400 записів$/;
    await page.getByLabel('Підсумок і клавіші').getByText(said).waitFor();
    await page.getByTitle(said).waitFor({ state: 'attached' });
    expect(await page.getByTitle(/Усе в офісі/).count()).toBe(0);
    await page.getByRole('searchbox').fill('нічого такого');
    await sees('Тут поки що порожньо');
    await sees('не все надійшло на цей пристрій');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Умова', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Виконавці' }).click();
    await stage.dialog().getByRole('combobox').fill('нікого такого');
    await stage.dialog().getByText('не все надійшло на цей пристрій').waitFor();
    await press(stage, 'Escape');
    // Nor does a form send anybody to make a customer who is on the way.
    await stage.open('/cards/new');
    await sees('не все надійшло на цей пристрій');
    await page.unroute('**/call/stage');
    await page.reload();
    await page.getByTitle(/Усе в офісі/).waitFor({ state: 'attached' });
    expect(await page.getByText(said).count()).toBe(0);
  });

  it('counts what waits for the office where its rail has no words', async () => {
    await using stage = await onStage('noon', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    await dispatcher.ask('create_record', {
      kind: 'customer',
      writes: { set: { name: 'Фабрика «Промінь»' }, texts: [], add: [], correct: [], withdraw: [] },
    });
    await stage.open('/visits');
    const { unsent } = await dispatcher.ask('sync_status');
    expect(unsent).toBeGreaterThan(0);
    await page
      .getByTitle(/на зв’язок/)
      .getByText(String(unsent), { exact: true })
      .waitFor();
  });
});

describe('the journal of customers', () => {
  it('reads a name whole beside the panel, whatever else gives way', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    await dispatcher.ask('create_record', {
      kind: 'customer',
      writes: { set: { name: 'КНП «Міська лікарня № 12»' }, texts: [], add: [], correct: [], withdraw: [] },
    });
    await stage.open('/customers');
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    await press(stage, 'ArrowDown');
    await page.getByRole('complementary').waitFor();
    const name = page.getByRole('gridcell', { name: 'КНП «Міська лікарня № 12»' });
    await page.getByRole('columnheader', { name: 'Телефони' }).waitFor();
    await stage.until(() => name.evaluate((cell) => cell.scrollWidth <= cell.clientWidth), true);
  });
});

describe('a card', () => {
  it('shows plan and fact, and how it was before', async () => {
    await using stage = await desk();
    await stage.open('/cards');
    const { page } = stage;
    await page.getByRole('button', { name: /^Усі/ }).click();
    await page
      .getByRole('grid')
      .getByText(/Молокозавод/)
      .first()
      .dblclick();
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    const works = page.getByRole('region', { name: 'Роботи: план і факт' });
    expect(await works.getByRole('row').count()).toBeGreaterThan(2);
    const visits = page.getByRole('region', { name: 'Виїзди', exact: true });
    await visits.getByRole('columnheader', { name: 'Роботи' }).waitFor();
    await visits.getByRole('columnheader', { name: 'Годин' }).waitFor();
    // The past shows the priority that the card had before this was written.
    const id = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? '';
    const { head } = await stage.dispatcher.ask('card_page', { document: id });
    const writes = { set: { priority: 'urgent' }, texts: [], add: [], correct: [], withdraw: [] };
    await stage.dispatcher.ask('edit_record', { document: id, seen: head.heads, writes });
    const urgent = page.locator('dl').getByText('Терміновий', { exact: true });
    await urgent.waitFor();
    const slider = page.getByRole('slider', { name: 'Стан на' });
    await slider.focus();
    await press(stage, 'Home');
    await stage.sees('Минуле змінити не можна');
    await urgent.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Повернутися до теперішнього' }).click();
    await stage.until(() => page.getByText('Минуле змінити не можна').count(), 0);
    await urgent.waitFor();

    // From the card to its customer, and from there to the same card.
    await page.getByRole('heading', { level: 1 }).getByRole('link').click();
    await page.getByRole('region', { name: 'Картки' }).getByRole('link', { name: /^SC-/ }).click();
    await works.waitFor();
  });
});

describe('axe', () => {
  for (const theme of ['light', 'dark']) {
    it(`finds nothing in the journals in the ${theme} theme`, async () => {
      await using stage = await desk();
      const { page } = stage;
      for (const path of ['/visits', '/cards', '/complaints', '/customers', '/objects']) {
        await stage.open(path);
        await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
        await page.getByRole('button', { name: /^Усі/ }).click();
        await page.getByRole('contentinfo').or(page.getByLabel('Підсумок і клавіші')).first().waitFor();
        await page.keyboard.press('ArrowDown');
        expect({ path, found: await axe(page) }).toEqual({ path, found: [] });
      }
    });
  }
});
