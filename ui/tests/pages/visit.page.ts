/** A technician's visit beside its usual way (j2_on_site_work), as used by a finger on a real device over the bridge. */
import { describe, expect, it } from 'vitest';
import type { Connection, VisitPage } from '../../src/lib/bindings';
import { onStage } from './stage';

describe('a visit', () => {
  it('can turn out impossible before the work began, with a reason', async () => {
    await using stage = await onStage('morning');
    const { page, tap, sees, dialog } = stage;
    await stage.openVisit(2);
    await tap('Інші дії');
    await page.getByRole('menuitem', { name: 'Неможливо виконати' }).tap();
    await dialog().getByLabel('Причина').fill('Об’єкт знеструмлено');
    await dialog().getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Причина: Об’єкт знеструмлено');
    // Nobody set out, arrived or began.
    const steps = page.getByRole('list', { name: 'Хід виїзду' }).getByRole('listitem');
    const looks = await steps.evaluateAll((all) => all.map((one) => one.classList[0]));
    expect(looks).toEqual(['later', 'later', 'later', 'failed']);
  });

  it('says in its head how far its own newest work is', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    await stage.openVisit(2);
    const head = page.locator('header', { has: page.getByRole('heading', { level: 1 }) });
    await head.getByText('На пристрої', { exact: true }).waitFor();
    await stage.meet();
    // All of it but the photo, of which the same is said where the whole device stands.
    await head.getByText('В офісі, крім фото', { exact: true }).waitFor();
    await stage.open('/today');
    await page.getByRole('link', { name: 'Усе в офісі, крім 2 фото' }).waitFor();
  });

  it('pauses with a reason, goes on, and every step can be taken back', async () => {
    await using stage = await onStage('noon');
    const { tap, sees, dialog } = stage;
    await stage.openVisit(2);
    await tap('Пауза');
    await dialog().getByRole('button', { name: 'Обід' }).tap();
    await dialog().getByRole('button', { name: 'Пауза' }).tap();
    await sees('Призупинений');
    await tap('Продовжити роботу');
    await sees('У роботі 1:1');
    await stage.undo();
    await sees('Призупинений');
  });

  it('takes one step for a double tap, shows that it waits, and hears the next press', async () => {
    await using stage = await onStage('morning');
    const { page, tap, sees, technician } = stage;
    const document = await stage.visit(2);
    const acts = async () => (await technician.ask('visit_page', { document })).steps.map(({ act }) => act);
    await stage.openVisit(2);
    const before = await acts();
    const big = page.locator('footer .button.primary');
    await page.locator('footer .button.primary:not([aria-disabled])').waitFor();
    // No time passes between the taps, however slow the machine, and each looks where the button stands.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
    await big.tap({ force: true });
    await big.tap({ force: true });
    await page.locator('footer .button.primary[aria-disabled="true"]').waitFor();
    await page.clock.resume();
    await sees('Прибув');
    await tap('Прибув');
    await stage.until(acts, [...before, 'travel_started', 'arrived']);
  });

  it('is not begun by the second tap of a double tap on what opened it', async () => {
    await using stage = await onStage('morning');
    const { page, sees, technician } = stage;
    const document = await stage.visit(2);
    const acts = async () => (await technician.ask('visit_page', { document })).steps.map(({ act }) => act);
    const before = await acts();
    await stage.open('/today');
    // No time passes, however slow the machine: what the second tap meets is what stands there at once.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
    await page
      .getByRole('link', { name: /Молокозавод/ })
      .first()
      .tap();
    const big = page.locator('footer .button.primary');
    await big.waitFor();
    await big.tap({ force: true });
    await page.clock.runFor(2000);
    await page.clock.resume();
    await page.locator('footer .button.primary:not([aria-disabled])').waitFor();
    expect(await acts()).toEqual(before);
    await big.tap();
    await sees('Прибув');
  });

  it('keeps a sheet open that is pressed beside: by the second press of a hasty pair, and once it is begun', async () => {
    await using stage = await onStage('noon');
    const { page, tap, dialog } = stage;
    await stage.openVisit(2);
    const beside = (): Promise<void> => page.mouse.click(40, 40);
    const add = page.getByRole('button', { name: 'Записати' }).first();
    const box = await add.boundingBox();
    if (!box) throw new Error('nothing to write down');
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
    await dialog().getByRole('textbox', { name: 'Обсяг' }).fill('0,5');
    await beside();
    expect(await dialog().getByRole('textbox', { name: 'Обсяг' }).inputValue()).toBe('0,5');

    // Left by its button it is the last thing that was done, also when its toast is gone.
    await dialog().getByRole('button', { name: 'Скасувати' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('status').getByRole('button', { name: 'Закрити' }).click();
    await page.keyboard.press('Control+z');
    expect(await dialog().getByRole('textbox', { name: 'Обсяг' }).inputValue()).toBe('0,5');
    await dialog().getByRole('button', { name: 'Скасувати' }).click();
    await dialog().waitFor({ state: 'detached' });

    // What nobody began is left by a press beside it.
    await tap('Деталь');
    await dialog().waitFor();
    await stage.until(async () => {
      await beside();
      return dialog().count();
    }, 0);
  });

  it('is left by Alt+Left as by its arrow, and opened by any place of its card', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    await stage.open('/today');
    const card = page.getByRole('region', { name: /Молокозавод/ });
    await card.getByText('Адреса', { exact: true }).tap({ force: true });
    await page.waitForURL(/\/visits\//);
    // The browser of the tests does it by itself; the window of the app does not.
    const isOurs = await page.evaluate(() => {
      const event = new KeyboardEvent('keydown', { code: 'ArrowLeft', altKey: true, cancelable: true });
      return !window.dispatchEvent(event);
    });
    expect(isOurs).toBe(true);
    await page.waitForURL(/today/);

    // The second press of a hasty pair on what stood there before goes nowhere.
    const search = page.getByRole('link', { name: 'Пошук' });
    await search.dispatchEvent('click', { detail: 2, bubbles: true, cancelable: true });
    expect(page.url()).toMatch(/today$/);
    await search.dispatchEvent('click', { detail: 1, bubbles: true, cancelable: true });
    await page.waitForURL(/search$/);
  });

  it('says one thing at a time, above the next step', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees, dialog } = stage;
    await stage.openVisit(2);
    await tap('Пауза');
    await dialog().getByRole('button', { name: 'Обід' }).tap();
    await dialog().getByRole('button', { name: 'Пауза' }).tap();
    await sees('Призупинений');
    await tap('Продовжити роботу');
    await sees('У роботі 1:1');
    const said = page.getByRole('button', { name: 'Скасувати' });
    await stage.until(() => said.count(), 1);
    await stage.until(async () => {
      const next = await page.getByRole('button', { name: 'Завершити виїзд' }).boundingBox();
      const box = await said.boundingBox();
      return box !== null && next !== null && box.y + box.height <= next.y;
    }, true);
  });

  it('saves findings as they are typed, beside what a colleague wrote meanwhile', async () => {
    await using stage = await onStage('noon');
    const { dispatcher, technician } = stage;
    await stage.openVisit(2);
    const document = await stage.visit(2);
    await technician.online(true);
    await dispatcher.online(true);
    const typed = (await technician.ask('visit_page', { document })).findings;
    const atOffice = (): Promise<string> =>
      dispatcher.ask('visit_page', { document }).then((page) => page.findings);
    await stage.until(atOffice, typed);
    await technician.online(false);

    await stage.findings().press('Control+End');
    await stage.page.keyboard.type(' Коротко.');
    const { head, findings } = await dispatcher.ask('visit_page', { document });
    await dispatcher.ask('edit_text', {
      document,
      field: 'findings',
      base_heads: head.heads,
      base_text: findings,
      new_text: `Від диспетчера. ${findings}`,
    });
    await technician.online(true);
    const both = `Від диспетчера. ${typed} Коротко.`;
    await stage.until(() => stage.findings().inputValue(), both);
    await stage.until(atOffice, both);
  });

  it('saves findings while somebody types on, and says saved only of what is', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    await stage.openVisit(2);
    const document = await stage.visit(2);
    const kept = () => technician.ask('visit_page', { document }).then((view) => view.findings);
    const before = await kept();
    const section = page.getByLabel('Висновки', { exact: true });
    await stage.findings().press('Control+End');
    // Time passes between the keys alone, however slow the machine: typing never rests.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
    for (const key of ' Шум підшипника') {
      await page.keyboard.type(key);
      await page.clock.runFor(100);
      expect(await section.getByText('Ще не збережено').count()).toBe(1);
    }
    const typed = await stage.findings().inputValue();
    expect(typed).toBe(`${before} Шум підшипника`);
    await stage.until(async () => (await kept()).length > before.length, true);
    expect(typed.startsWith(await kept())).toBe(true);
    await page.clock.resume();
    await section.getByText('Ще не збережено').waitFor({ state: 'detached' });
    expect(await kept()).toBe(typed);
  });

  it('says that something is on its way only while it is sent', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    const status = await technician.ask('sync_status', {});
    const view = await technician.ask('visit_page', { document: await stage.visit(2) });
    // Packed for the office, and no answer has come.
    const packed: VisitPage = { ...view, head: { ...view.head, standing: 'sending' } };
    let connection: Connection = { is: 'sending' };
    await page.route('**/call/sync_status', (route) => route.fulfill({ json: { ...status, connection } }));
    await page.route('**/call/visit_page', (route) => route.fulfill({ json: packed }));
    await stage.openVisit(2);
    const section = page.getByRole('region', { name: 'Висновки', exact: true });
    await section.getByText('Надсилання').waitFor();
    connection = { is: 'waiting', until_ms: 0, trouble: { what: 'unreachable' } };
    await technician.online(true);
    await section.getByText('Збережено на пристрої').waitFor();
  });

  it('takes a work back out and puts it in again', async () => {
    await using stage = await onStage('noon');
    const { page, sees, dialog } = stage;
    await stage.openVisit(2);
    await sees(`64\u00a0%`);
    await page.getByRole('button', { name: /^Виправити: 2/ }).tap();
    await dialog().getByLabel('Обсяг').fill('1');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await sees(`42\u00a0%`);
    await page.getByRole('button', { name: /^Виправити: 1 секц/ }).tap();
    await dialog().getByRole('button', { name: 'Прибрати' }).tap();
    await sees(`21\u00a0%`);
    await sees('Роботу прибрано');
    await stage.undo();
    await sees(`42\u00a0%`);
  });

  it('offers again what could not be taken back now, and takes back nothing older in its place', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees, dialog, technician } = stage;
    const document = await stage.visit(2);
    const LEAKS = 'Витоків оливи на з’єднаннях немає';
    const answer = async () => {
      const { checklist } = await technician.ask('visit_page', { document });
      return checklist?.items.find(({ text }) => text === LEAKS)?.answer?.answer ?? null;
    };
    await stage.openVisit(2);
    await tap('Записати');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await sees(`71\u00a0%`);
    await page.getByRole('group', { name: LEAKS }).getByRole('radio', { name: 'Так' }).tap();
    const said = page.getByRole('status').filter({ hasText: `Записано: ${LEAKS}` });
    await said.waitFor();

    const answers = await stage.failing('undo');
    await page.keyboard.press('Control+KeyZ');
    await answers();
    await said.getByText('Програма не відповідає').waitFor();
    await said.getByRole('button', { name: 'Скасувати' }).waitFor();
    expect(await answer()).toBe('yes');

    await page.keyboard.press('Control+KeyZ');
    await sees(`Повернуто як було: «Записано: ${LEAKS}»`);
    await stage.until(answer, null);
    await sees(`71\u00a0%`);
    await said.waitFor({ state: 'detached' });
  });

  it('takes back the answer that was given last and not the work before it, and empties what was tapped', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees, dialog, technician } = stage;
    const document = await stage.visit(2);
    const answer = async (question: string) => {
      const { checklist } = await technician.ask('visit_page', { document });
      return checklist?.items.find(({ text }) => text === question)?.answer?.answer ?? null;
    };
    const [LEAKS, NOISE] = ['Витоків оливи на з’єднаннях немає', 'Шум підшипників'];
    await stage.openVisit(2);
    await tap('Записати');
    await dialog().getByRole('button', { name: 'Записати' }).tap();
    await sees(`71\u00a0%`);
    const leaks = page.getByRole('group', { name: LEAKS });
    await leaks.getByRole('radio', { name: 'Так' }).tap();
    await sees(`Записано: ${LEAKS}`);
    await page.keyboard.press('Control+KeyZ');
    await sees(`Повернуто як було: «Записано: ${LEAKS}»`);
    expect(await answer(LEAKS)).toBe(null);
    await sees(`71\u00a0%`);

    // What took its place has the keys.
    const empties = { name: 'Прибрати відповідь' };
    await leaks.getByRole('radio', { name: 'Ні' }).tap();
    await leaks.getByRole('button', empties).tap();
    await sees(`Без відповіді: ${LEAKS}`);
    await leaks.getByRole('radio', { name: 'Так' }).and(page.locator(':focus')).waitFor();
    expect(await answer(LEAKS)).toBe(null);
    await stage.undo();
    await stage.until(() => answer(LEAKS), 'no');
    await stage.press(leaks.getByRole('button', empties));
    await stage.until(() => answer(LEAKS), null);

    const noise = page.getByRole('group', { name: NOISE });
    await page.getByRole('button', { name: 'Відповіді' }).tap();
    await noise.getByRole('button', empties).tap();
    await noise.getByRole('combobox', { name: `${NOISE}: нічого не обрано` }).waitFor();
    expect(await answer(NOISE)).toBe(null);
  });

  it('holds every answer, with what empties it, on the width of a phone', async () => {
    await using stage = await onStage('noon', { width: 390 });
    const { page } = stage;
    await stage.openVisit(2);
    await page.getByRole('button', { name: 'Відповіді' }).tap();
    const noise = page.getByRole('group', { name: 'Шум підшипників' });
    await noise.getByRole('button', { name: 'Прибрати відповідь' }).waitFor();
    const beyond = (): Promise<number> =>
      noise.evaluate((row) => {
        const { right } = row.getBoundingClientRect();
        const within = [...row.querySelectorAll('*')];
        return within.filter((one) => one.getBoundingClientRect().right > right).length;
      });
    await stage.until(beyond, 0);
  });

  it('shows what a colleague took, and leaves its caption to them', async () => {
    await using stage = await onStage('noon');
    const { page, dispatcher, dialog } = stage;
    const { employee: by } = await dispatcher.ask('me', {});
    await page.route('**/call/visit_page', async (route) => {
      const response = await route.fetch();
      const view = (await response.json()) as VisitPage;
      const photos = view.photos.map((photo) => ({ ...photo, by }));
      await route.fulfill({ response, json: { ...view, photos } });
    });
    await stage.openVisit(2);
    await page.getByRole('button', { name: /Тиск до робіт/ }).tap();
    await dialog().getByRole('img').waitFor();
    expect(await dialog().getByRole('textbox').count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('keeps photos with captions on the device, and lets go of those that are not needed', async () => {
    await using stage = await onStage('noon');
    const { page, sees, dialog } = stage;
    await stage.openVisit(2);
    await page.getByRole('img', { name: 'Тиск до робіт' }).waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'plate.png',
      mimeType: 'image/png',
      buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 400 } }),
    });
    await sees('Фото додано');
    await page.getByRole('button', { name: /^Фото Фото/ }).tap();
    await dialog().getByRole('img').waitFor();
    await dialog().getByText('Лише на цьому пристрої').waitFor();
    await dialog().getByLabel('Підпис до фото').fill('Шильдик');
    await dialog().getByRole('button', { name: 'Готово' }).tap();
    await page.getByRole('img', { name: 'Шильдик' }).waitFor();

    // What cannot be written now does not keep anybody in the sheet, and what was typed comes back.
    const connect = await stage.failing('edit_record');
    await page.getByRole('button', { name: /Шильдик/ }).tap();
    await dialog().getByLabel('Підпис до фото').fill('Шильдик насоса');
    await dialog().getByRole('button', { name: 'Готово' }).tap();
    await connect();
    await sees('Програма не відповідає');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await stage.undo();
    expect(await dialog().getByLabel('Підпис до фото').inputValue()).toBe('Шильдик насоса');
    await dialog().getByRole('button', { name: 'Готово' }).tap();
    await page.getByRole('img', { name: 'Шильдик насоса' }).waitFor();
    await sees('Підпис до фото записано');
    await page.keyboard.press('Control+KeyZ');
    await page.getByRole('img', { name: 'Шильдик', exact: true }).waitFor();

    await page.getByRole('button', { name: /Загальний вигляд/ }).tap();
    await dialog().getByRole('button', { name: 'Прибрати фото' }).tap();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('img', { name: 'Загальний вигляд' }).waitFor({ state: 'detached' });
    await stage.undo();
    await page.getByRole('img', { name: 'Загальний вигляд' }).waitFor();
  });
});
