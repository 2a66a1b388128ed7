/** The first start and the lock: from an invitation to today's work, and back behind a PIN. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

describe('a device nobody has used yet', () => {
  it('joins by a link, shows its day, is locked and opened by its PIN', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    await stage.open('/');
    const { page, tap, sees } = stage;
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await sees('Вітаємо в Halyard');
    expect(await axe(page)).toEqual([]);

    // An address needs a code; a link holds everything.
    await field('Код').waitFor();
    await field('Посилання або адреса офісу').fill('halyard://join?nothing');
    await field('Код').waitFor({ state: 'detached' });
    await field('Назва пристрою').fill('планшет ПЛ-07');
    await field('PIN').fill('4071');
    await field('Ще раз').fill('4072');
    await tap('Підключитися');
    await page.getByRole('alert').getByText('Введено різне').waitFor();
    await field('Ще раз').fill('4071');
    await tap('Підключитися');
    await page.getByRole('alert').getByText('Це не запрошення').waitFor();

    await field('Посилання або адреса офісу').fill(stage.invitation());
    await tap('Підключитися');
    await page.getByRole('navigation').getByText('Сьогодні').waitFor();

    await page.getByRole('link', { name: 'Ще', exact: true }).tap();
    await sees('Мельник Оксана Юріївна');
    await tap('Заблокувати');
    await sees('Заблоковано');
    expect(await axe(page)).toEqual([]);
    await field('PIN').fill('0000');
    await tap('Відкрити');
    await page.getByRole('alert').getByText('Не підходить').waitFor();
    await sees(`1 невдала спроба`);
    await field('PIN').fill('4071');
    await tap('Відкрити');
    await sees('Мельник Оксана Юріївна');
  });

  it('waits after five wrong tries, and says how long', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    const { page, tap } = stage;
    const newcomer = stage.newcomer();
    const joined = { by: { link: stage.invitation() }, device_name: 'планшет', protect: { pin: '4071' } };
    await newcomer.ask('join', joined);
    await newcomer.ask('lock');
    for (let tries = 0; tries < 5; tries += 1) await newcomer.ask('unlock', { secret: '0000' });
    await stage.open('/');
    await page.getByRole('alert').getByText('Наступна спроба через 0:30').waitFor();
    await page.getByLabel('PIN', { exact: true }).fill('4071');
    await tap('Відкрити');
    await page.getByText('5 невдалих спроб').waitFor();
    expect((await newcomer.ask('stage')).is).toBe('locked');
  });
});
