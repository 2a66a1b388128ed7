/** The command palette: everything is reached and done from it, without a mouse. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

describe('the command palette', () => {
  it('goes to a record, acts on what is selected, and changes language and theme', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    // As fast as keys can come: nothing is waited for in between.
    const run = async (words: string): Promise<void> => {
      await page.keyboard.press('Control+KeyK');
      await page.keyboard.type(words);
      await page.keyboard.press('Enter');
    };
    await stage.open('/visits');
    await run('липки');
    await page.getByRole('heading', { level: 1, name: /Липки-7/ }).waitFor();

    await stage.open('/visits');
    await page.getByRole('grid').getByRole('row').nth(2).waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await run('Змінити: Вик');
    await page.getByRole('dialog', { name: 'Виконавці' }).waitFor();
    await page.keyboard.press('Escape');

    // A person and an entry of a directory are shown where they stand, with the keys on their row.
    await run('бондар');
    await page.getByRole('complementary', { name: 'Бондар Олена Ігорівна' }).waitFor();
    const selected = page.locator('[role="grid"]:focus [aria-selected="true"]');
    await selected.filter({ hasText: 'Бондар Олена' }).waitFor();
    await run('заміна оливи');
    await page.getByRole('complementary', { name: /Заміна оливи/ }).waitFor();
    await selected.filter({ hasText: 'Заміна оливи' }).waitFor();
    await stage.open('/visits');

    await run('темна');
    await stage.until(() => page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.keyboard.press('Control+KeyK');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await run('english');
    await page.getByRole('heading', { name: 'Service journal' }).waitFor();
  });
});
