/** The window around the pages: places, languages, room for words. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { cut } from '../screens/cut';
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
    // The page hears of it with the next frame.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    // Not a tap: the test's hand would scroll once more.
    await page.getByRole('link', { name: /Агро-Полісся/ }).dispatchEvent('click');
    await stage.tap('Назад');
    await stage.sees('Понеділок');
    await stage.until(scrolled, before);
  });

  it('scrolls what is in it and never itself, however long that is', async () => {
    await using stage = await onStage('noon');
    const { page, technician } = stage;
    const document = await stage.visit(2);
    const { head, findings } = await technician.ask('visit_page', { document });
    const lines = Array.from({ length: 60 }, (_, line) => `Рядок ${line + 1}`).join('\n');
    await technician.ask('edit_text', {
      document,
      field: 'findings',
      base_heads: head.heads,
      base_text: findings,
      new_text: `${findings}\n${lines}`,
    });
    for (const path of ['/today', `/visits/${document}`, `/visits/${document}/edit`, '/settings']) {
      await stage.open(path);
      const fits = await page.evaluate(() => {
        for (const one of globalThis.document.querySelectorAll('main *')) one.scrollTo(0, one.scrollHeight);
        const window = globalThis.document.scrollingElement;
        return { shown: window?.clientHeight, long: window?.scrollHeight };
      });
      expect({ path, ...fits }).toEqual({ path, shown: 1280, long: 1280 });
    }
  });

  it('stays where it is when nothing on the device calls a number, and leaves the number to paste', async () => {
    await using stage = await onStage('morning');
    await stage.open('/today');
    const { page } = stage;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: 'Зателефонувати' }).first().tap();
    await stage.sees('Немає програми для дзвінків. Скопійовано: +380675550142');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('+380675550142');
    await page.getByRole('heading', { level: 1 }).waitFor();
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
        expect({ path, width, cut: await cut(page) }).toEqual({ path, width, cut: [] });
      }
    }
  });

  it('moves nothing for whoever asked their system for that', async () => {
    await using stage = await onStage('noon');
    const { page } = stage;
    const moving = (): Promise<number> =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((one) => {
            const { transitionDuration, animationName, animationDuration } = getComputedStyle(one);
            const lasts = (times: string): boolean => times.split(', ').some((time) => parseFloat(time) > 0);
            return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
          }).length,
      );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await stage.openVisit(2);
    await stage.tap('Записати');
    await stage.dialog().waitFor();
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
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
