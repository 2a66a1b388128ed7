/** The window around the pages: places, languages, room for words. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

describe('the window', () => {
  it('comes back to the same scroll', async () => {
    await using stage = await onStage('morning', { width: 500 });
    await stage.open('/today');
    const { page } = stage;
    await page.evaluate(() => document.querySelector('.page')?.scrollBy(0, 400));
    const scrolled = (): Promise<number> =>
      page.evaluate(() => document.querySelector('.page')?.scrollTop ?? 0);
    const before = await scrolled();
    expect(before).toBeGreaterThan(100);
    // Not a tap: the test's hand would scroll once more.
    await page.getByRole('link', { name: /Агро-Полісся/ }).dispatchEvent('click');
    await stage.tap('Назад');
    await stage.sees('Понеділок');
    expect(await scrolled()).toBe(before);
  });

  it('changes its language without a reload', async () => {
    await using stage = await onStage('morning');
    await stage.open('/settings');
    const { page } = stage;
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.getByRole('radio', { name: 'English' }).tap();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.evaluate(() => 'same' in window)).toBe(true);
  });

  it('holds words half as long again, on a narrow screen too', async () => {
    await using stage = await onStage('noon');
    for (const path of ['/today', `/visits/${await stage.visit(2)}`, '/settings']) {
      for (const width of [390, 800]) {
        await stage.look({ locale: 'uk-XA', width });
        await stage.open(path);
        const { page } = stage;
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll('button, a, h1, h2, .state, b, p')]
            .filter(
              (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && !one.closest('.clip'),
            )
            .map((one) => `${one.tagName} ${one.textContent}`),
        );
        const outside = await page.evaluate(() =>
          [...document.querySelectorAll('.line *, .page li *, .page header *')]
            .filter((one) => !one.closest('.hidden-label, svg'))
            .filter((one) => {
              const box = one.closest('.line, li, header')?.getBoundingClientRect();
              return box !== undefined && one.getBoundingClientRect().right > box.right + 1;
            })
            .map((one) => `${one.tagName}.${one.className} ${one.textContent}`),
        );
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect({ path, width, cut, outside, wide }).toEqual({ path, width, cut: [], outside: [], wide: 0 });
      }
    }
  });

  it('is searched by an axe that does find something', async () => {
    await using stage = await onStage('noon');
    await stage.open('/today');
    await stage.page.evaluate(() =>
      document.body.append(
        document.createElement('img'),
        Object.assign(document.createElement('p'), {
          style: 'color: #666',
          textContent: 'words too faint to read',
        }),
      ),
    );
    expect((await axe(stage.page)).map((finding) => finding.split(':')[0])).toEqual(
      expect.arrayContaining(['image-alt', 'color-contrast-enhanced']),
    );
  });
});
