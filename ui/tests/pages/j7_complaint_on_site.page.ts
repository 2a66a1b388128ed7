/** J7: the customer is angry, the unit failed again, and there is no network. */
import { describe, expect, it } from 'vitest';
import type { Device } from '../../scripts/browser.mjs';
import { writes } from '../../src/lib/records/writes';
import { onStage } from './stage';

async function filed(device: Device, set: Record<string, unknown>) {
  const done = await device.ask('create_record', { kind: 'complaint', writes: writes({ set }) });
  const [made] = 'records' in done ? done.records : [];
  if (!made) throw new Error(`no complaint was made: ${JSON.stringify(done)}`);
  return made.document;
}

describe('a complaint on site', () => {
  it('is filed from the visit in at most seven taps, offline, and a form left is there again', async () => {
    await using stage = await onStage('noon');
    const { page, sees, technician, dispatcher } = stage;
    await stage.openVisit(2);
    const taps = await stage.countTaps();
    await page.getByRole('button', { name: 'Інші дії' }).tap();
    await page.getByRole('menuitem', { name: 'Рекламація' }).tap();
    await page.getByRole('radio', { name: 'Відмова' }).tap();
    await page.getByRole('radio', { name: 'Критична' }).tap();
    const description = page.getByLabel('Що не так');
    // What the office decides is not asked of somebody who could not correct it.
    await page.getByLabel('Канал').waitFor();
    for (const office of ['Відповідальний', 'Бригада', 'Учасники', 'Компенсація', 'Що ще даємо']) {
      expect(await page.getByText(office, { exact: true }).count()).toBe(0);
    }
    await description.tap();
    await page.keyboard.type('Компресор зупинився під навантаженням');

    // The visit is asked about in between, and the form is as it was left.
    await page.goBack();
    await page.goForward();
    await stage.until(() => description.inputValue(), 'Компресор зупинився під навантаженням');
    await page.getByRole('button', { name: 'Подати рекламацію' }).tap();
    await sees('Рекламацію подано');
    expect(await taps()).toBeLessThanOrEqual(7);

    // It names the visit, its card and its object, and waits on the device.
    const document = await stage.visit(2);
    const visit = await technician.ask('visit_page', { document });
    const [filed] = visit.complaints;
    if (!filed) throw new Error('the visit names no complaint');
    await page.getByRole('link', { name: /Компресор зупинився/ }).tap();
    await sees('Критична');
    await sees('На пристрої');
    // What is broken is shown, and the photo says where it is.
    await page.locator('input[type=file]').setInputFiles({
      name: 'compressor.png',
      mimeType: 'image/png',
      buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 600, height: 400 } }),
    });
    await sees('Фото додано');
    await page
      .getByRole('button', { name: /^Фото Фото/ })
      .getByText('Лише на цьому пристрої')
      .waitFor();
    const read = async (device: typeof technician) => {
      const { complaint_kind, severity, description, received_at, ...links } = await device.ask(
        'complaint_page',
        { document: filed.link.document },
      );
      const { card, equipment, visit: from, photos } = links;
      return {
        ...{ complaint_kind, severity, description, received_at },
        photos: photos.map(({ sha256 }) => sha256),
        about: [card?.document, equipment?.link.document, from?.document],
      };
    };
    const written = await read(technician);
    expect(written).toMatchObject({
      complaint_kind: 'failure',
      severity: 'critical',
      description: 'Компресор зупинився під навантаженням',
      about: [visit.card?.link.document, visit.equipment?.link.document, document],
    });
    // The time to react runs from the device's clock, which shows noon of the stage's day.
    expect(written.received_at).toMatch(/^2026-11-23T11:4\d/);
    expect(await technician.ask('drafts')).toEqual([]);

    // Days later by the relay's clock the office reads the same moment.
    await stage.meet();
    await stage.until(async () => {
      const { complaints } = await dispatcher.ask('visit_page', { document });
      return complaints.length;
    }, 1);
    await stage.until(() => read(dispatcher), written);
  });

  it('shows all that was entered, each record as a link', async () => {
    await using stage = await onStage('noon');
    const { page, dispatcher, technician } = stage;
    const document = await stage.visit(2);
    const { customer, card } = await technician.ask('visit_page', { document });
    const { employee } = await technician.ask('me', {});
    const set = {
      ...{ complaint_kind: 'failure', severity: 'minor', responsible: employee.document },
      ...{ customer: customer?.document, card: card?.link.document, compensation: '348000 UAH' },
    };
    const full = await filed(dispatcher, set);
    const ofCard = await filed(technician, { card: set.card, complaint_kind: 'defect', severity: 'minor' });
    await stage.meet();
    const isHere = async (): Promise<boolean> =>
      'head' in (await technician.ask('complaint_page', { document: full }));
    await stage.until(isHere, true);
    await stage.open(`/complaints/${full}`);
    for (const label of ['Картка', 'Відповідальний', 'Контрагент']) {
      await page.getByRole('link', { name: new RegExp(label) }).waitFor();
    }
    await page.getByText('3 480,00 ₴').waitFor();
    await stage.open(`/complaints/${ofCard}`);
    await page
      .getByRole('region', { name: 'Про що' })
      .getByRole('link', { name: /Картка/ })
      .waitFor();
  });

  it('is filed once when the battery ends as soon as it is saved', async () => {
    await using stage = await onStage('noon', { lives: 'again' });
    const { page } = stage;
    await stage.open(`/complaints/new/${await stage.visit(2)}`);
    await page.getByRole('radio', { name: 'Брак' }).tap();
    await page.getByRole('radio', { name: 'Незначна' }).tap();
    await page.getByLabel('Що не так').fill('Скрипить');
    await stage.keptDraft('Скрипить');
    await stage.powerCutAfter('create_record', () => stage.tap('Подати рекламацію'));
    const document = await stage.visit(2);
    expect((await stage.technician.ask('visit_page', { document })).complaints).toHaveLength(1);
    // The form is empty again: nobody is led to file the same once more.
    await stage.open(`/complaints/new/${document}`);
    expect(await stage.page.getByLabel('Що не так').inputValue()).toBe('');
    await stage.noDrafts();
  });

  it('says what is missing, and that the same object was complained about', async () => {
    await using stage = await onStage('noon');
    const { page, tap, sees } = stage;
    await stage.open(`/complaints/new/${await stage.visit(2)}`);
    await tap('Подати рекламацію');
    await sees('Оберіть, наскільки це серйозно.');
    await page.getByRole('radio', { name: 'Брак' }).tap();
    await page.getByRole('radio', { name: 'Незначна' }).tap();
    await page.getByLabel('Що не так').fill('Скрипить');
    await tap('Подати рекламацію');
    await sees('Рекламацію подано');
    await stage.open(`/complaints/new/${await stage.visit(2)}`);
    await page.reload();
    await sees('На цей об’єкт уже скаржилися');
  });
});
