/** The rest of the Field shell: parts, search, history, what waits for a decision or was refused. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId } from '../../src/lib/bindings';
import { writes } from '../../src/lib/records/writes';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

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

describe('a sheet', () => {
  it('that cannot be saved says why over itself, and stays when that is put away', async () => {
    await using stage = await onStage('noon');
    const { tap, dialog } = stage;
    await stage.openVisit(2);
    await tap('Деталь');
    await dialog().getByLabel('Назва деталі').fill('Болт');
    await dialog().getByLabel('Кількість').fill('-3');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await dialog().getByText('Напишіть кількість, більшу за нуль.').waitFor();
    await dialog().getByLabel('Кількість').fill('99999999999999999999');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await stage.sees('Таке значення тут не записати');
    await stage.page.getByRole('status').getByRole('button', { name: 'Закрити' }).tap();
    expect(await dialog().getByLabel('Назва деталі').inputValue()).toBe('Болт');
  });

  it('may hold a word of any length, and the visit stays as wide as the screen', async () => {
    await using stage = await onStage('noon');
    const { page, tap, dialog } = stage;
    const long = 'Електрогідравлічнийпідсилювач'.repeat(8);
    await stage.openVisit(2);
    await tap('Деталь');
    await dialog().getByLabel('Назва деталі').fill(long);
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await page.getByText(long).first().waitFor();
    await stage.findings().fill(long);
    const beyond = () =>
      [...document.querySelectorAll('main *')].filter(
        (one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX),
      ).length;
    expect(await page.evaluate(beyond)).toBe(0);
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
    // A street means the visits there: each says for whom and when.
    await box.fill('промислова тетерів');
    await page.getByRole('link', { name: /Тетерів.*Виїзд · V.2026.00002 · сьогодні/ }).waitFor();
    await box.fill('08172214');
    await page.getByRole('link', { name: /^Компресор гвинтовий ВК-22/ }).tap();
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

  it('offers what was made by mistake only when nothing else is found, and says so there and on its page', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    const { records } = await dispatcher.ask('create_record', {
      kind: 'customer',
      writes: writes({ set: { name: 'Хлібокомбінат двічі' } }),
    });
    const [made] = records;
    if (!made) throw new Error('nothing was made');
    await dispatcher.ask('withdraw_record', { document: made.document, why: 'записано двічі' });
    await stage.open('/search');
    const box = page.getByRole('searchbox', { name: 'Що шукати' });
    await box.fill('хлібо');
    await page
      .getByRole('link', { name: /Хлібодар/ })
      .first()
      .waitFor();
    expect(await page.getByRole('link', { name: /двічі/ }).count()).toBe(0);
    await box.fill('хлібокомбінат');
    await page.getByRole('link', { name: /Хлібокомбінат двічі.*Відкликано/ }).click();
    await stage.sees('Запис відкликано, він більше не рахується');
    await stage.sees('записано двічі');
  });
});

describe('the first sync', () => {
  it('is told wherever nothing is yet: what has not arrived may still be there', async () => {
    await using stage = await onStage('morning');
    const { page, technician } = stage;
    const equipment = { set: { model: 'Насос', customer: await stage.customer(2) } };
    const { records } = await technician.ask('create_record', {
      kind: 'equipment',
      writes: writes(equipment),
    });
    const coming = { is: 'first_sync', organisation: 'Тепло Сервіс', records: 1240, usable: true };
    await page.route('**/call/stage', (route) => route.fulfill({ json: coming }));
    const arriving = page.getByText('Перший обмін з офісом ще не завершено');
    await stage.open('/days/2026-11-25');
    await arriving.waitFor();
    await stage.open('/mine');
    await page.getByRole('searchbox').fill('нічого такого');
    await arriving.waitFor();
    await stage.open(`/objects/${records[0]?.document}`);
    await page.getByRole('region', { name: 'Виїзди' }).getByText('Перший обмін').waitFor();
  });
});

describe('a colleague', () => {
  it('is found by name, called and written to; what only a desk shows is not found', async () => {
    await using stage = await onStage('morning');
    const { page, administrator, technician } = stage;
    const people = await administrator.ask('choices', { of: 'employees' });
    const olena = people.find(({ link }) => link.title.startsWith('Бондар'))?.link.document ?? '';
    const set = { position: 'Диспетчер', phones: ['+380 67 111 22 33'], emails: ['olena@office.example'] };
    await administrator.ask('edit_records', { documents: [olena], set });
    await administrator.online(true);
    await technician.online(true);
    await stage.until(async () => (await administrator.ask('sync_status')).unsent, 0);

    await stage.open('/search');
    const box = page.getByRole('searchbox', { name: 'Що шукати' });
    await box.fill('бондар');
    await page.getByRole('link', { name: /Бондар Олена.*Працівник/ }).tap();
    await page.getByRole('heading', { level: 1, name: 'Бондар Олена Ігорівна' }).waitFor();
    await stage.sees('Диспетчер');
    const href = (name: string) => page.getByRole('link', { name }).getAttribute('href');
    expect(await href('Зателефонувати')).toBe('tel:+380671112233');
    expect(await href('Написати')).toBe('mailto:olena@office.example');
    expect(await axe(page)).toEqual([]);
    await stage.tap('Назад');

    // An entry of a directory is called so, and a technician has no place to see it at.
    expect(await box.inputValue()).toBe('бондар');
    await box.fill('чищення теплообмінника');
    await stage.sees('Нічого не знайдено');
  });
});

describe('what waits for a decision', () => {
  it('shows both values to the technician, who works on and does not decide', async () => {
    await using stage = await onStage('trouble');
    const { page, sees } = stage;
    await stage.openVisit(2);
    await sees('«Час» змінили двоє одночасно. Вирішує диспетчер');
    await sees('Бондар Олена');
    await page
      .getByText(/, пристрій …[0-9A-F]{6}, в офісі/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^Лишити/ }).count()).toBe(0);
  });

  it('is decided by the dispatcher with one tap, and the technician sees it', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher' });
    const { page, sees, technician, dispatcher } = stage;
    await stage.openVisit(2);
    await page.getByText(/, цей пристрій, /).waitFor();
    await page.getByRole('button', { name: /^Лишити .*11:30/ }).tap();
    await sees('Рішення записано');
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

    // Its own page says the same, and has it put away; what was put away by mistake stands there again.
    await page.getByRole('link', { name: 'Відкрити сторінку' }).tap();
    const main = page.getByRole('main');
    await main.getByText('Ваша робота збережена').waitFor();
    await main.getByText('Не прийнято', { exact: true }).waitFor();
    await tap('Прибрати');
    await main.getByText('Ваша робота збережена').waitFor({ state: 'detached' });
    await main.getByText('Не прийнято', { exact: true }).waitFor({ state: 'detached' });
    await stage.undo();
    await main.getByText('Ваша робота збережена').waitFor();
    await main.getByText('Не прийнято', { exact: true }).waitFor();
    await sees('Повернуто як було: «Неприйняте прибрано»');
    await tap('Прибрати');
    await main.getByText('Ваша робота збережена').waitFor({ state: 'detached' });
    await tap('Назад');
    await sees('Офіс прийняв усе');
    await page.keyboard.press('Control+KeyZ');
    await sees(`Чилер на даху корпусу\u00a0Б`);
    await sees('Ваша робота збережена');
  });
});

describe('the journal of one’s own', () => {
  it('finds a visit by a word, leads to its card, and stands as it was left', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    await stage.open('/today');
    await page.getByRole('link', { name: 'Журнал' }).tap();
    const visits = page.getByRole('region', { name: 'Виїзди', exact: true });
    await stage.until(() => visits.getByRole('link').count(), 8);
    await page.getByRole('searchbox').fill('молокозавод');
    await stage.until(() => visits.getByRole('link').count(), 1);
    await page.getByRole('radio', { name: 'Картки' }).tap();
    await page.getByRole('region', { name: 'Картки' }).getByRole('link').tap();
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    const works = page.getByRole('region', { name: 'Роботи: план і факт' });
    await works.getByText('Чищення теплообмінника').waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: 'Назад' }).tap();
    expect(await page.getByRole('searchbox').inputValue()).toBe('молокозавод');
    expect(await page.getByRole('radio', { name: 'Картки' }).getAttribute('aria-checked')).toBe('true');
    expect(await axe(page)).toEqual([]);
  });
});

describe('whom a visit is for', () => {
  it('leads to all that is known of the customer and of the card, and back to the visit', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees } = stage;
    await stage.openVisit(2);
    const { customer, card } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
    if (!customer || !card) throw new Error('the visit names no customer or no card');
    const where = page.getByRole('region', { name: 'Куди їхати' });
    for (const { record, note } of [
      { record: customer, note: 'Контрагент' },
      { record: card.link, note: `Картка · ${card.link.label}` },
    ]) {
      await where.getByRole('link', { name: `${record.title || record.label} ${note}` }).tap();
      await page.waitForURL(new RegExp(`/${record.document}$`));
      await tap('Назад');
      await sees('Куди їхати');
    }
    await page.getByRole('heading', { level: 1 }).getByRole('link', { name: customer.title }).tap();
    await page.waitForURL(new RegExp(`/customers/${customer.document}$`));
  });
});

describe('the history of an object', () => {
  it('is counted whole, shown in parts, and there to its end', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 640 });
    const { page, dispatcher } = stage;
    const { equipment, customer } = await stage.technician.ask('visit_page', {
      document: await stage.visit(2),
    });
    if (!equipment || !customer) throw new Error('the visit names no object');
    const object = equipment.link.document;
    const set = { equipment: object, customer: customer.document };
    for (let made = 0; made < 51; made += 1) {
      await dispatcher.ask('create_record', { kind: 'visit', writes: writes({ set }) });
    }
    const { count } = await dispatcher.ask('journal_total', {
      ...{ kind: 'visit', columns: [], sort: [], search: null, show: 'standing' },
      filters: [{ is: 'equals', column: 'equipment', value: object }],
      page: { after: null, limit: 1 },
    });
    expect(count).toBeGreaterThan(51);

    for (const path of [`/objects/${object}`, `/customers/${customer.document}`]) {
      await stage.open(path);
      const visits = page.getByRole('region', { name: 'Виїзди', exact: true });
      const rows = visits.getByRole('link');
      await stage.until(() => rows.count(), 50);
      const said = async (): Promise<number> =>
        Number((await visits.locator('header').innerText()).replace(/\D/g, ''));
      await stage.until(async () => (await said()) >= count, true);
      const total = await said();
      await visits.getByRole('button', { name: 'Показати ще' }).tap();
      await stage.until(() => rows.count(), total);
      // The button is gone: whoever pressed it reads on at the first line that came.
      await stage.until(() => visits.getByRole('button').count(), 0);
      await rows.nth(50).and(page.locator(':focus')).waitFor();
    }

    // At a desk the number beside the journal is the same, and leads to all of them.
    await page.setViewportSize({ width: 1366, height: 900 });
    await stage.open('/objects');
    await page.getByRole('row', { name: new RegExp(equipment.serial ?? '') }).click();
    const link = page.getByRole('complementary').getByRole('link', { name: String(count), exact: true });
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Журнал обслуговування' }).waitFor();
    await page.getByLabel('Підсумок і клавіші').getByText(String(count)).waitFor();
  });
});

describe('the plate of an object', () => {
  const picture = async (stage: Stage) => ({
    name: 'plate.png',
    mimeType: 'image/png',
    buffer: await stage.page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 400 } }),
  });
  const objectOf = async (stage: Stage): Promise<DocumentId> => {
    const { equipment } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
    if (!equipment) throw new Error('the visit names no object');
    return equipment.link.document;
  };
  const photo = (stage: Stage) => stage.page.getByRole('button', { name: /^Фото Фото/ });

  it('is photographed on its page, without signal, and seen at the desk', async () => {
    await using stage = await onStage('morning');
    const { page, dispatcher } = stage;
    const document = await objectOf(stage);
    await stage.open(`/objects/${document}`);
    await page.getByRole('button', { name: 'Додати фото' }).waitFor();
    await page.locator('input[type=file]').setInputFiles(await picture(stage));
    await stage.sees('Фото додано');
    await photo(stage).getByText('Лише на цьому пристрої').waitFor();
    await stage.meet();
    const files = async (): Promise<number> =>
      (await dispatcher.ask('equipment_page', { document })).photos.filter(({ sha256 }) => sha256 !== null)
        .length;
    await stage.until(files, 1);
  });

  it('keeps the caption that was being typed when the battery ended', async () => {
    await using stage = await onStage('morning', { lives: 'again' });
    const path = `/objects/${await objectOf(stage)}`;
    const caption = () => stage.dialog().getByLabel('Підпис до фото');
    await stage.open(path);
    await stage.page.locator('input[type=file]').setInputFiles(await picture(stage));
    await photo(stage).tap();
    await caption().pressSequentially('Табличка ззаду');
    await stage.keptDraft('Табличка ззаду');
    await stage.powerCut();
    await stage.open(path);
    await stage.until(() => caption().inputValue(), 'Табличка ззаду');
  });
});
