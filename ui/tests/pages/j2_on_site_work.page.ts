/** J2: the visit itself, from the road to the findings, without a connection. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../src/lib/bindings';
import type { Device } from '../../scripts/browser.mjs';
import { onStage } from './stage';

/** The facts of a visit that the technician's device and the office have to agree on. */
async function facts(device: Device, document: DocumentId) {
  const visit = await device.ask('visit_page', { document });
  const { state, percent, findings, checklist, works } = visit;
  const hours = works.flatMap((line) => line.rows).map(({ period, volume }) => ({ period, volume }));
  return { state, percent, findings, answered: checklist?.answered, hours };
}

describe('work on site', () => {
  it('goes from the road to the findings offline, in few taps, and is the same in the office', async () => {
    await using stage = await onStage('morning');
    const { page, tap, sees, dialog, technician, dispatcher } = stage;
    const document = await stage.visit(2);
    await stage.openVisit(2);
    const travelTaps = await stage.countTaps();
    await tap('Виїхати');
    await sees('У дорозі');
    expect(await travelTaps()).toBe(1);
    await tap('Прибув');
    await tap('Почати роботу');
    await sees('У роботі 0:0');

    // Two taps write a planned work down: the sheet is filled with the rest of the plan. The percent follows.
    const workTaps = await stage.countTaps();
    for (const percent of ['21', '64', '71', '100']) {
      await tap('Записати');
      await dialog().getByRole('button', { name: 'Записати' }).tap();
      await sees(`${percent}\u00a0%`);
    }
    expect(await workTaps()).toBe(4 * 2);
    await tap('Пауза');
    await dialog().getByRole('button', { name: 'Обід' }).tap();
    await dialog().getByRole('button', { name: 'Пауза' }).tap();
    await sees('Призупинений');
    await tap('Продовжити роботу');

    for (const yes of await page.getByRole('radio', { name: 'Так' }).all()) await yes.tap();
    await page.getByRole('textbox', { name: 'Температура нагнітання' }).fill('84,5');
    await page.getByRole('textbox', { name: 'Тиск на виході під навантаженням' }).fill('8,1');
    await page.keyboard.press('Tab');
    await sees('Поза межами: норма');
    await page.getByRole('combobox', { name: /^Шум підшипників/ }).tap();
    await page.getByRole('option', { name: 'слабкий' }).tap();
    await sees(`9\u00a0з\u00a09`);
    await stage.findings().fill('Підшипник шумить.');

    await tap('Завершити виїзд');
    await sees('Усе записано');
    await dialog().getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Виїзд завершено');
    await page.getByRole('button', { name: 'Завершити виїзд' }).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Назад' }).tap();
    await sees('чекають на зв’язок');

    const done = await facts(technician, document);
    expect(done).toMatchObject({
      state: 'completed',
      percent: 10_000,
      findings: 'Підшипник шумить.',
      answered: 9,
    });
    await technician.online(true);
    await sees('Усе в офісі');
    await dispatcher.online(true);
    await stage.until(() => facts(dispatcher, document), done);
    // The stage's day is over long ago by the relay's clock: times are those of the device.
    expect((await technician.ask('visit_page', { document })).way.work_started).toMatch(/^2026-11-23T09:4\d/);
  });

  it('loses nothing when the window is gone in the middle of an entry', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    await stage.openVisit(2);
    await page.getByRole('textbox', { name: 'Тиск на виході під навантаженням' }).pressSequentially('7,4');
    await page.keyboard.press('Tab');
    await stage.findings().press('Control+End');
    await page.keyboard.type(' Запах гару.');
    // Nobody says that anything is finished.
    await stage.until(async () => {
      const { findings } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
      return findings.endsWith('Запах гару.');
    }, true);
    await stage.look({});
    await stage.openVisit(2);
    expect(await stage.findings().inputValue()).toMatch(/Запах гару\.$/);
    const { checklist } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
    expect(checklist?.items.at(-1)?.answer?.answer).toBe('7.4');
  });

  it('brings back a number that was being typed when the battery ended', async () => {
    await using stage = await onStage('noon', { lives: 'again' });
    const pressure = (): Locator =>
      stage.page.getByRole('textbox', { name: 'Тиск на виході під навантаженням' });
    const answer = async (): Promise<string | undefined> => {
      const { checklist } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
      return checklist?.items.at(-1)?.answer?.answer ?? undefined;
    };
    const drafts = async (): Promise<number> => (await stage.technician.ask('drafts')).length;
    await stage.openVisit(2);
    await pressure().pressSequentially('7,4');
    await stage.keptDraft('7,4');
    await stage.powerCut();
    await stage.openVisit(2);
    await stage.sees('Набрано раніше, ще не записано');
    expect(await pressure().inputValue()).toBe('7,4');
    expect(await answer()).toBeUndefined();
    await pressure().focus();
    await stage.page.keyboard.press('Tab');
    await stage.until(answer, '7.4');
    await stage.until(drafts, 0);
  });

  it('writes an answer once when the battery ends as soon as it is written', async () => {
    await using stage = await onStage('noon', { lives: 'again' });
    const visit = async () => stage.technician.ask('visit_page', { document: await stage.visit(2) });
    await stage.openVisit(2);
    await stage.page
      .getByRole('textbox', { name: 'Тиск на виході під навантаженням' })
      .pressSequentially('7,4');
    await stage.keptDraft('7,4');
    await stage.powerCutAfter('answer_checklist', () => stage.page.keyboard.press('Tab'));
    const { head, checklist } = await visit();
    expect(checklist?.items.at(-1)?.answer?.answer).toBe('7.4');
    await stage.openVisit(2);
    await stage.noDrafts();
    expect((await visit()).head.heads).toEqual(head.heads);
  });

  it('brings back an open sheet that was being filled in, and one that was closed by mistake', async () => {
    await using stage = await onStage('noon', { lives: 'again' });
    const volume = (): Locator => stage.dialog().getByRole('textbox', { name: 'Обсяг' });
    const note = (): Locator => stage.dialog().getByRole('textbox', { name: 'Примітка' });
    await stage.openVisit(2);
    await stage.tap('Записати');
    await volume().fill('0,5');
    await note().pressSequentially('Разом з Івано');
    await stage.keptDraft('з Івано');
    await stage.powerCut();
    await stage.openVisit(2);
    await stage.dialog().waitFor();
    expect([await volume().inputValue(), await note().inputValue()]).toEqual(['0,5', 'Разом з Івано']);

    await stage.page.keyboard.press('Escape');
    await stage.dialog().waitFor({ state: 'detached' });
    await stage.undo();
    await note().press('End');
    await stage.page.keyboard.type('м');
    await stage.dialog().getByRole('button', { name: 'Записати' }).tap();
    await stage.sees('Разом з Іваном');
    await stage.noDrafts();
  });

  it('writes a row down once when the battery ends as soon as it is saved', async () => {
    await using stage = await onStage('noon', { lives: 'again' });
    await stage.openVisit(2);
    await stage.tap('Записати');
    await stage.dialog().getByRole('textbox', { name: 'Примітка' }).pressSequentially('Разом з Іваном');
    await stage.keptDraft('з Іваном');
    await stage.powerCutAfter('add_work', () =>
      stage.dialog().getByRole('button', { name: 'Записати' }).tap(),
    );
    await stage.openVisit(2);
    await stage.sees('Разом з Іваном');
    await stage.noDrafts();
    expect(await stage.dialog().count()).toBe(0);
    const { works } = await stage.technician.ask('visit_page', { document: await stage.visit(2) });
    const written = works.flatMap(({ rows }) => rows).filter(({ note }) => note === 'Разом з Іваном');
    expect(written).toHaveLength(1);
  });

  it('writes a work that was not planned down in four taps', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    const document = await stage.visit(2);
    const written = async (): Promise<number> => {
      const { works } = await technician.ask('visit_page', { document });
      return works.flatMap(({ rows }) => rows).length;
    };
    const before = await written();
    await stage.openVisit(2);
    const taps = await stage.countTaps();
    await page.getByRole('button', { name: 'Робота', exact: true }).tap();
    await stage.dialog().getByRole('combobox').first().tap();
    await page.keyboard.type('Діагностика підшипників');
    await stage.dialog().getByRole('option', { name: 'Діагностика підшипників' }).tap();
    await stage.dialog().getByRole('button', { name: 'Записати' }).tap();
    await stage.until(written, before + 1);
    expect(await taps()).toBeLessThanOrEqual(4);
  });

  it('takes a photo in two taps', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    await stage.openVisit(2);
    const taps = await stage.countTaps();
    const choosing = page.waitForEvent('filechooser');
    await stage.tap('Додати фото');
    const chooser = await choosing;
    await chooser.setFiles({
      name: 'plate.png',
      mimeType: 'image/png',
      buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 400 } }),
    });
    await stage.sees('Фото додано');
    expect(await taps()).toBeLessThanOrEqual(2);
  });

  it('cannot be called done while a required item is open, but partly, with a reason', async () => {
    await using stage = await onStage('noon');
    const { tap, sees, dialog } = stage;
    await stage.openVisit(2);
    await tap('Завершити виїзд');
    await sees(`Без відповіді 2\u00a0обов’язкові пункти`);
    expect(await dialog().getByRole('button', { name: 'Виконано все' }).count()).toBe(0);
    await dialog().getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Оберіть, чим закінчився виїзд');
    await dialog().getByRole('button', { name: 'Виконано частково' }).tap();
    // Nobody can have written a reason before it was asked for.
    await dialog().getByLabel('Причина').waitFor();
    expect(await dialog().getByText('Напишіть причину').count()).toBe(0);
    await dialog().getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Напишіть причину');
    await dialog().getByRole('button', { name: 'Немає деталей' }).tap();
    await dialog().getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Причина: Немає деталей');
    await sees('Виконаний частково');
  });
});
