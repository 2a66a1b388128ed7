/** Bringing a file at the desk: looking at it, putting the guesses right, importing, taking it back. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

/** A file in Windows-1251: its letters from А on are one byte each. */
function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => {
      const special = { і: 0xb3, І: 0xb2, Є: 0xaa, є: 0xba, ї: 0xbf, '«': 0xab, '»': 0xbb }[letter];
      const code = letter.charCodeAt(0);
      return special ?? (code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code);
    }),
  );
}

const MISTAKES = [
  'Назва;ЄДРПОУ;Телефон;Модель;Серійний номер',
  'Санаторій «Хвиля»;;0481234567;Б-300;SN-5001',
  'Фабрика «Промінь»;1234567;;;',
  ';;;Н-3;SN-3001',
  'Фабрика «Зоря»;;не телефон;;',
].join('\n');

describe('the import', () => {
  it('reads a file of Windows-1251 full of mistakes, imports the rest, and is taken back, all with the keys', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees, dispatcher } = stage;
    await stage.open('/import');
    expect(await axe(page)).toEqual([]);
    const choosing = page.waitForEvent('filechooser');
    await stage.press(page.getByRole('button', { name: 'Обрати файл' }));
    const file = { name: 'контрагенти.csv', mimeType: 'text/csv', buffer: windows1251(MISTAKES) };
    await (await choosing).setFiles(file);

    await page.getByLabel(/Кодування: Windows-1251/).waitFor();
    await page.getByRole('row', { name: /Контрагент · Санаторій «Хвиля» Створиться/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await stage.press(page.getByRole('radio', { name: /^Взято/ }), 'ArrowRight');
    await page.getByRole('radio', { name: 'Не взято 3', checked: true }).waitFor();
    await page.getByRole('row', { name: /Промінь.*цифр 7, а має бути/ }).waitFor();
    await page.getByRole('row', { name: /Зоря.*не телефон/ }).waitFor();

    // The rows that are not taken come as a file, each with why.
    const downloading = page.waitForEvent('download');
    await stage.press(page.getByRole('button', { name: 'Зберегти невзяті рядки' }));
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('контрагенти - Не взято.csv');
    const kept = await readFile(await download.path(), 'utf8');
    expect(kept.split('\r\n')[0]).toBe('\ufeffНазва;ЄДРПОУ;Телефон;Модель;Серійний номер;Чому не взято');
    expect(kept).toContain('Фабрика «Промінь»;1234567;;;;ЄДРПОУ або РНОКПП: цифр 7');

    await stage.press(page.getByRole('button', { name: 'Імпортувати 2 записи' }));
    await sees('Імпортовано 2 записи');
    const found = await dispatcher.ask('search', { text: 'Хвиля' });
    expect(found.map(({ link }) => link.title)).toContain('Санаторій «Хвиля»');

    await stage.press(page.getByRole('button', { name: 'Відкликати', exact: true }));
    const dialog = page.getByRole('dialog');
    await stage.type(dialog.getByRole('textbox'), 'Не той файл');
    await stage.press(dialog.getByRole('button', { name: 'Відкликати імпорт' }));
    await sees('Готово. Відкликано 2 записи.');
    await page.getByRole('region', { name: 'Імпорти з цього пристрою' }).getByText('Відкликано').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('brings back why an import is taken back, and takes it back once', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366, lives: 'again' });
    await stage.open('/import');
    const buffer = Buffer.from('Назва\nСанаторій «Хвиля»\n');
    const file = { name: 'контрагенти.csv', mimeType: 'text/csv', buffer };
    await stage.page.locator('input[type="file"]').setInputFiles(file);
    await stage.page.getByRole('button', { name: 'Імпортувати 1 запис' }).click();
    await stage.page.getByRole('button', { name: 'Відкликати', exact: true }).click();
    await stage.dialog().getByRole('textbox').fill('Не той файл');
    await stage.keptDraft('Не той файл');
    await stage.powerCut();
    await stage.open('/import');
    await stage.until(() => stage.dialog().getByRole('textbox').inputValue(), 'Не той файл');
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    await stage.page.route('**/call/undo_import', (route) => begun.then(() => route.continue()));
    await stage.dialog().getByRole('button', { name: 'Відкликати імпорт' }).click();
    // However long it takes, its line says what goes on, and nothing stands over the page.
    await stage.sees('Відкликаємо…');
    await stage.until(() => stage.dialog().count(), 0);
    begin();
    await stage.sees('Готово. Відкликано 1 запис.');
    await stage.noDrafts();
    const [one, another] = await stage.dispatcher.ask('imports');
    expect([one?.is_undone, another]).toEqual([true, undefined]);
  });

  it('says why nothing of a file is taken', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    await stage.open('/import');
    const input = page.locator('input[type="file"]');
    const bring = (text: string) =>
      input.setInputFiles({ name: 'а.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await bring('Назва;ЄДРПОУ\nФабрика «Промінь»;1234567\n');
    await page.getByRole('row', { name: /Промінь.*цифр 7, а має бути/ }).waitFor();
    await sees('Імпортувати нічого: жодного рядка не взято.');
    await page.getByRole('radio', { name: 'Взято 0' }).click();
    await sees('Таких рядків немає');
    await stage.tap('Інший файл');
    await bring('Назва;ЄДРПОУ\n');
    await sees('Імпортувати нічого: під назвами стовпців немає рядків.');
    await stage.tap('Інший файл');
    await bring('Колір\nсиній\n');
    await sees('Жодного стовпця не впізнано.');
    expect(await page.getByRole('contentinfo').count()).toBe(0);
  });

  it('goes on while its page is left, shows how far it is to who comes back, and tells its end elsewhere', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/call/import_file', (route) => held.then(() => route.continue()));
    await stage.open('/import');
    const file = { name: 'а.csv', mimeType: 'text/csv', buffer: Buffer.from('Назва\nФабрика «Промінь»\n') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await stage.tap('Імпортувати 1 запис');
    const rail = page.getByRole('navigation').first();
    await rail.getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    await rail.getByRole('link', { name: 'Імпорт' }).click();
    await page.getByRole('progressbar', { name: 'Імпорт' }).waitFor();
    expect(await page.locator('input[type="file"]').count()).toBe(0);
    await rail.getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    go();
    await page.getByRole('status').getByText('Імпортовано 1 запис').waitFor();
    await rail.getByRole('link', { name: 'Імпорт' }).click();
    await sees('створено 1');
  });

  it('shows the import that runs to who goes back to an older stay at its page', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/call/import_file', (route) => held.then(() => route.continue()));
    await stage.open('/import');
    const rail = page.getByRole('navigation').first();
    await rail.getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    await rail.getByRole('link', { name: 'Імпорт' }).click();
    const file = { name: 'а.csv', mimeType: 'text/csv', buffer: Buffer.from(MISTAKES) };
    await page.locator('input[type="file"]').setInputFiles(file);
    await stage.tap('Імпортувати 2 записи');
    await page.getByRole('progressbar', { name: 'Імпорт' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    await page.goBack();
    await page.getByRole('progressbar', { name: 'Імпорт' }).waitFor();
    expect(await page.locator('input[type="file"]').count()).toBe(0);
    await rail.getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    go();
    // Nobody sees the page: its end is told with what was not taken, and the page has the rows yet.
    await page.getByRole('status').getByText('Імпортовано 2 записи. Не взято: 3').waitFor();
    await rail.getByRole('link', { name: 'Імпорт' }).click();
    const downloading = page.waitForEvent('download');
    await stage.tap('Зберегти невзяті рядки');
    expect((await downloading).suggestedFilename()).toBe('а - Не взято.csv');
  });

  it('keeps the file and its columns when an import fails that nobody looks at, and says whose failure it is', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/call/import_file', (route) => held.then(() => route.abort()));
    await stage.open('/import');
    const file = { name: 'а.csv', mimeType: 'text/csv', buffer: Buffer.from('Кого\nФабрика «Промінь»\n') };
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.getByLabel(/Кого/).first().press('Enter');
    await page.getByRole('option', { name: 'Назва контрагента' }).click();
    await stage.tap('Імпортувати 1 запис');
    const rail = page.getByRole('navigation').first();
    await rail.getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { name: 'Контрагенти' }).waitFor();
    go();
    await page.getByRole('status').getByText('Імпорт не вдався').waitFor();
    await rail.getByRole('link', { name: 'Імпорт' }).click();
    await sees('Імпорт не вдався');
    await page.unroute('**/call/import_file');
    await stage.tap('Імпортувати 1 запис');
    await sees('Імпортовано 1 запис');
  });

  for (const { density, height } of [
    { density: 'desk', height: 700 },
    { density: 'field', height: 800 },
  ]) {
    it(`says one thing at a time above a sheet, which keeps its title and its close, at ${density}`, async () => {
      await using stage = await onStage('morning', { who: 'dispatcher', width: 1280 });
      const { page } = stage;
      await page.setViewportSize({ width: 1280, height });
      await page.route('**/call/undo_import', (route) => route.abort());
      await stage.open('/import');
      await page.evaluate((is) => (document.documentElement.dataset.density = is), density);
      const file = { name: 'а.csv', mimeType: 'text/csv', buffer: Buffer.from('Назва\nСанаторій\n') };
      await page.locator('input[type="file"]').setInputFiles(file);
      await stage.tap('Імпортувати 1 запис');
      await page.getByRole('button', { name: 'Відкликати', exact: true }).click();
      await stage.dialog().getByRole('textbox').fill('Не той');
      await page.keyboard.press('Escape');
      const undo = page.getByRole('status').getByRole('button', { name: 'Скасувати' });
      await undo.waitFor();
      await page.getByRole('button', { name: 'Відкликати', exact: true }).click();
      await stage.dialog().getByRole('textbox').fill('Не той файл');
      await stage.dialog().getByRole('button', { name: 'Відкликати імпорт' }).click();
      await undo.waitFor({ state: 'hidden' });
      const toasts = page.locator('.toast:visible');
      await stage.until(() => toasts.count(), 1);
      const isAbove = async (): Promise<boolean> => {
        const [toast, title] = [await toasts.boundingBox(), await page.locator('.sheet-title').boundingBox()];
        return (toast?.y ?? 0) + (toast?.height ?? Infinity) <= (title?.y ?? 0);
      };
      await stage.until(isAbove, true);
      await toasts.getByRole('button', { name: 'Закрити' }).click();
      await undo.waitFor();
    });
  }

  it('takes columns and letters as a person says, and says what cannot be read', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366, locale: 'en' });
    const { page, sees } = stage;
    await stage.open('/import');
    const input = page.locator('input[type="file"]');
    await input.setInputFiles({ name: 'letter.docx', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await sees('This is no .csv or .xlsx table.');
    const table = Buffer.from('Whom,Shade\nBakery,blue\n');
    await input.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: table });
    await sees('No column was recognised.');
    const holds = page.getByLabel(/What it holds: Whom/).first();
    await holds.press('Enter');
    await page.getByRole('option', { name: 'Customer’s name' }).click();
    await page.getByRole('row', { name: /Customer · Bakery Will be made/ }).waitFor();
    await sees('Columns not taken: Shade');
    await page.getByRole('button', { name: 'Import 1 record' }).waitFor();
    await page.getByRole('button', { name: 'Another file' }).press('Enter');
    await sees('Drop a .csv or .xlsx file here');
  });

  it('takes a dropped file, and looks at fifty thousand rows without freezing', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    await stage.open('/import');
    const rows = Array.from({ length: 50_000 }, (_, at) => `Контрагент ${at}`).join('\n');
    const data = await page.evaluateHandle((text) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([text], 'many.csv', { type: 'text/csv' }));
      return dropped;
    }, `Назва\n${rows}\n`);
    await page.getByRole('group', { name: /Перетягніть/ }).dispatchEvent('drop', { dataTransfer: data });
    await page.getByRole('button', { name: 'Імпортувати 50 000 записів' }).waitFor({ timeout: 100_000 });
    expect(await page.getByRole('row').count()).toBeLessThan(100);
  });
});
