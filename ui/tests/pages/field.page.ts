/** The rest of the Field shell: parts, search, history, complaints, what waits for a decision or was refused. */
import { describe, expect, it } from 'vitest';
import { onStage } from './stage';

describe('parts of a visit', () => {
  it('are written down, corrected, and taken out again', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees, dialog } = stage;
    await stage.openVisit(2);
    await tap('Деталь');
    await dialog().getByLabel('Назва деталі').fill('Підшипник 6205');
    await dialog().getByLabel('Кількість').fill('2');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await sees(`3\u00a0позиції`);
    await page.getByRole('button', { name: 'Виправити: Підшипник 6205' }).tap();
    await dialog().getByLabel('Серійний номер').fill('SKF-11');
    await dialog().getByRole('radio', { name: 'повернуто' }).tap();
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await sees(`Підшипник 6205, №\u00a0SKF-11`);
    await page.getByRole('button', { name: /^Виправити: Підшипник 6205/ }).tap();
    await dialog().getByRole('button', { name: 'Прибрати' }).tap();
    await sees(`2\u00a0позиції`);
    await stage.undo();
    await sees(`3\u00a0позиції`);
  });
});

describe('search', () => {
  it('finds by part of a name and of a serial number, and leads to the record and its history', async () => {
    await using stage = await onStage('morning');
    const { page, sees } = stage;
    await stage.open('/search');
    const box = page.getByRole('searchbox', { name: 'Що шукати' });
    await box.fill('хлібод');
    await page
      .getByRole('link', { name: /Хлібодар/ })
      .first()
      .waitFor();
    await box.fill('08172214');
    await page.getByRole('link', { name: /ВК-22/ }).tap();
    await page.getByRole('heading', { name: /Компресор гвинтовий ВК-22/ }).waitFor();
    const visits = page.getByRole('region', { name: 'Виїзди' });
    await visits.getByRole('link', { name: /ТО-2/ }).first().waitFor();
    await page.getByRole('link', { name: /Молокозавод/ }).tap();
    await page.getByRole('heading', { name: /Молокозавод/ }).waitFor();
    await page.getByRole('button', { name: 'Назад' }).tap();
    await page.getByRole('button', { name: 'Назад' }).tap();
    expect(await box.inputValue()).toBe('08172214');
    await box.fill('нічого такого');
    await sees('Нічого не знайдено');
  });
});

describe('a complaint', () => {
  it('is filed from a visit in at most seven taps, offline, and a form left is there again', async () => {
    await using stage = await onStage('noon');
    const { page, sees } = stage;
    await stage.openVisit(2);
    await page.evaluate(() => {
      const counted = { taps: 0 };
      document.addEventListener('click', (event) => event.isTrusted && (counted.taps += 1), true);
      Object.assign(window, { counted });
    });
    await page.getByRole('button', { name: 'Інші дії' }).tap();
    await page.getByRole('menuitem', { name: 'Рекламація' }).tap();
    await page.getByRole('radio', { name: 'Відмова' }).tap();
    await page.getByRole('radio', { name: 'Критична' }).tap();
    const description = page.getByLabel('Що не так');
    await description.tap();
    await page.keyboard.type('Компресор зупинився під навантаженням');
    const file = page.getByRole('button', { name: 'Подати рекламацію' });

    // The visit is asked about in between, and the form is as it was left.
    await page.goBack();
    await page.goForward();
    await stage.until(() => description.inputValue(), 'Компресор зупинився під навантаженням');
    await file.tap();
    await sees('Рекламацію подано');
    const taps = await page.evaluate(() => (window as unknown as { counted: { taps: number } }).counted.taps);
    expect(taps).toBeLessThanOrEqual(7);

    await page.getByRole('link', { name: /Компресор зупинився/ }).tap();
    await sees('Критична');
    await sees('На пристрої');
    const [draft] = await stage.technician.ask('drafts');
    expect(draft).toBeUndefined();
  });

  it('says what is missing, and that the same object was complained about', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees } = stage;
    await stage.open(`/visits/${await stage.visit(2)}/complaint`);
    await tap('Подати рекламацію');
    await sees('Оберіть, наскільки це серйозно.');
    await page.getByRole('radio', { name: 'Дефект' }).tap();
    await page.getByRole('radio', { name: 'Незначна' }).tap();
    await page.getByLabel('Що не так').fill('Скрипить');
    await tap('Подати рекламацію');
    await sees('Рекламацію подано');
    await stage.open(`/visits/${await stage.visit(2)}/complaint`);
    await page.reload();
    await sees('На цей об’єкт уже скаржилися');
  });
});

describe('what waits for a decision', () => {
  it('shows both values to the technician, who works on and does not decide', async () => {
    await using stage = await onStage('trouble');
    const { page, sees } = stage;
    await stage.openVisit(2);
    await sees('«Час» змінили двоє одночасно. Вирішує диспетчер');
    await sees('Бондар Олена');
    expect(await page.getByRole('button', { name: /^Лишити/ }).count()).toBe(0);
  });

  it('is decided by the dispatcher with one tap, and the technician sees it', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher' });
    const { page, sees, technician, dispatcher } = stage;
    await stage.openVisit(2);
    await page.getByRole('button', { name: /^Лишити .*11:30/ }).tap();
    await sees('Рішення записано');
    await sees(`вікно 11:30\u2060–\u206013:00`);
    await dispatcher.online(true);
    await technician.online(true);
    const document = await stage.visit(2);
    await stage.until(
      async () => {
        const { head, window } = await technician.ask('visit_page', { document });
        return { conflicts: head.conflicts.length, window };
      },
      { conflicts: 0, window: '2026-11-23T11:30:00+02:00/2026-11-23T13:00:00+02:00' },
    );
  });
});

describe('work that was not accepted', () => {
  it('is led to by the chip, tells what was entered, and is put away once read', async () => {
    await using stage = await onStage('trouble');
    const { page, tap, sees } = stage;
    await stage.open('/today');
    await page.getByRole('link', { name: /не прийнято/ }).tap();
    await page.getByRole('heading', { name: 'Не прийнято' }).waitFor();
    await sees(`Чилер на даху корпусу\u00a0Б`);
    await sees('Ваша робота збережена');
    await tap('Прибрати');
    await sees('Офіс прийняв усе');
  });
});
