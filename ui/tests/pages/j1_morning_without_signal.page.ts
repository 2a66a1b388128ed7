/** J1: the technician opens the laptop in a garage, and there is no network. */
import { describe, expect, it } from 'vitest';
import { writes } from '../../src/lib/records/writes';
import { onStage } from './stage';

describe('a morning without signal', () => {
  it('shows the day with what the office changed before, and everything about its objects', async () => {
    await using stage = await onStage('morning');
    const { technician, dispatcher, sees } = stage;
    const document = await stage.visit(2);
    const { card } = await technician.ask('visit_page', { document });
    if (!card) throw new Error('the visit has a card');

    // The office changed the card, both were online, and the network is cut before the program starts.
    const { head } = await dispatcher.ask('card_page', { document: card.link.document });
    await dispatcher.ask('edit_record', {
      document: card.link.document,
      seen: head.heads,
      writes: writes({ set: { subject: 'ТО-2 із заміною пасів' } }),
    });
    await stage.meet();
    const subject = async (): Promise<string | undefined> =>
      (await technician.ask('visit_page', { document })).card?.link.title;
    await stage.until(subject, 'ТО-2 із заміною пасів');
    await technician.online(false);
    await dispatcher.online(false);
    await stage.look({});
    const { page } = stage;
    await stage.open('/today');

    // As of when it is known, the stops in order, and whom to call.
    await page.getByRole('link', { name: /^Усе в офісі, (\S+\s)?\d\d:\d\d$/ }).waitFor();
    const stops = await page.locator('ol > li').allInnerTexts();
    const starts = stops.map((stop) => /\d\d:\d\d/.exec(stop)?.[0]);
    expect(starts).toEqual([...starts].sort());
    expect(stops).toHaveLength(5);
    for (const words of [
      'ТО-2 із заміною пасів',
      'вул. Промислова, 14',
      'Гнатюк Роман Васильович',
      '0817\u20112214',
      'гарантія до 14.03.2027',
    ]) {
      await sees(words);
    }
    const call = page.getByRole('link', { name: 'Зателефонувати' }).first();
    expect(await call.getAttribute('href')).toBe('tel:+380675550142');

    // What is missing for the day is named.
    const readiness = page.getByRole('region', { name: 'Готовність' });
    await readiness.getByText('бракує 4').waitFor();
    expect(await readiness.getByRole('link').count()).toBe(4);

    // Nothing is greyed out because there is no network: on the day, the visit, its object, the next day.
    const greyed = (): Promise<number> => page.locator(':disabled, [aria-disabled="true"]').count();
    expect(await greyed()).toBe(0);
    await page.getByRole('link', { name: /^Завтра/ }).tap();
    await sees('Вівторок, 24 листопада');
    expect(await page.locator('ol > li').count()).toBeGreaterThan(2);
    await stage.openVisit(2);
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    await stage.until(greyed, 0);
    await page.getByRole('link', { name: /Компресор гвинтовий/ }).tap();
    await page.getByRole('heading', { level: 1, name: /Компресор гвинтовий/ }).waitFor();
    await page.getByRole('region', { name: 'Виїзди' }).getByRole('link', { name: /ТО-2/ }).first().waitFor();
    expect(await greyed()).toBe(0);
  });

  it('begins behind the PIN of the device, offline too', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    const newcomer = stage.newcomer();
    const joined = { by: { link: stage.invitation() }, device_name: 'ноутбук', protect: { pin: '4071' } };
    await newcomer.ask('join', joined);
    await stage.until(async () => (await newcomer.ask('stage')).is, 'open');
    await newcomer.ask('lock');
    await newcomer.online(false);
    await stage.open('/');
    await stage.page.getByLabel('PIN', { exact: true }).fill('4071');
    await stage.tap('Відкрити');
    await stage.page.getByRole('navigation').getByText('Сьогодні').waitFor();
    expect((await newcomer.ask('sync_status')).connection).toEqual({ is: 'off' });
  });
});
