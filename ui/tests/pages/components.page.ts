/** Components that answer to keys and float over the page, used without a mouse. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch, serve, visitor } from '../../scripts/browser.mjs';

let browser: Browser;
let site: { url: string; close: () => void };
let page: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
afterAll(async () => {
  await browser.close();
  site.close();
});
afterEach(() => page.context().close());

async function open(look: string): Promise<void> {
  page = await visitor(browser, { width: 1366, height: 768 });
  await page.goto(`${site.url}/index.html?${look}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe('a table of 100,000 rows', () => {
  it('is walked, chosen from and scrolled by keys alone, and draws only what is seen', async () => {
    await open('density=office&theme=light');
    const grid = page.getByRole('grid').first();
    const cursor = (): Promise<string> =>
      grid.evaluate(
        (one) => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '',
      );
    await grid.focus();
    expect(await grid.getAttribute('aria-rowcount')).toBe('100005');
    await page.keyboard.press('j');
    expect(await cursor()).toContain('100000');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    expect(await cursor()).toContain('100000');
    expect(await page.getByRole('complementary').count()).toBe(1);

    await page.keyboard.press('End');
    await grid.getByText('000001').waitFor();
    expect(await cursor()).toContain('000001');
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    expect(await grid.locator('[aria-selected="true"]').count()).toBe(1);
  });

  it('widens a column by the arrow keys on its edge', async () => {
    await open('density=office&theme=light');
    const edge = page.getByRole('separator').first();
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    expect(await edge.getAttribute('aria-valuenow')).toBe(String(before + 16));
  });
});

describe('what floats', () => {
  for (const look of [
    'density=office&theme=light',
    'density=office&theme=dark',
    'density=field&theme=sunlight',
  ]) {
    it(`opens and closes by keys, and axe finds nothing in it: ${look}`, async () => {
      await open(look);
      for (const [name, opened] of [
        ['Sheet', 'dialog'],
        ['CommandPalette', 'dialog'],
        ['Інші дії', 'menu'],
        ['Вид робіт: Заміна оливи та оливного фільтра', 'listbox'],
        ['Відкрити календар', 'dialog'],
      ] as const) {
        const trigger = page
          .locator('button')
          .and(page.getByLabel(name, { exact: true }).or(page.getByText(name, { exact: true })))
          .last();
        await trigger.focus();
        await page.keyboard.press('Enter');
        await page.getByRole(opened).first().waitFor();
        expect({ name, findings: await axe(page) }).toEqual({ name, findings: [] });
        await page.keyboard.press('Escape');
        await page.getByRole(opened).first().waitFor({ state: 'hidden' });
        expect(await trigger.evaluate((one) => one === document.activeElement)).toBe(true);
      }
    });
  }
});
