/** A technician's visit from the road to the end, as used by a finger. */
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

async function open(
  world: string,
  path: string,
  look: { locale?: string; width?: number } = {},
): Promise<void> {
  page = await visitor(browser, {
    width: look.width ?? 800,
    height: 1280,
    locale: look.locale ?? 'uk',
    touch: true,
  });
  await page.goto(`${site.url}/app.html?world=${world}#${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

const tap = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().tap();
const sees = (text: string): Promise<void> => page.getByText(text).first().waitFor();

describe('a visit', () => {
  it('goes from the road through work to its end, one obvious step after the other', async () => {
    await open('morning', '/today');
    await tap('Виїхати');
    await sees('У дорозі');
    await tap('Прибув');
    await tap('Почати роботу');
    await sees('У роботі 0:00');

    // Two taps write a planned work down: the sheet is filled with the rest of the plan.
    for (const percent of ['21', '64', '71', '100']) {
      await page.getByRole('button', { name: 'Записати', exact: true }).first().tap();
      await page.getByRole('dialog').getByRole('button', { name: 'Записати' }).tap();
      await sees(`${percent}\u00a0%`);
    }
    for (const yes of await page.getByRole('radio', { name: 'Так' }).all()) await yes.tap();
    await page.getByLabel('Температура нагнітання').fill('84,5');
    await page.getByLabel('Тиск на виході під навантаженням').fill('8,1');
    await page.keyboard.press('Tab');
    await sees('Поза межами: норма');
    await page.getByLabel(/^Шум підшипників/).tap();
    await page.getByRole('option', { name: 'слабкий' }).tap();
    await sees(`9\u00a0з\u00a09`);

    await tap('Завершити виїзд');
    await sees('Усе записано');
    await page.getByRole('dialog').getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Виїзд завершено');
    expect(await page.getByRole('button', { name: 'Завершити виїзд' }).count()).toBe(0);
  });

  it('cannot be called done while a required item is open, but partly, with a reason', async () => {
    await open('noon', '/visits/dairy');
    await tap('Завершити виїзд');
    await sees(`Обов’язкові 2\u00a0пункти`);
    const sheet = page.getByRole('dialog');
    expect(await sheet.getByRole('button', { name: 'Виконано все' }).count()).toBe(0);
    await sheet.getByRole('button', { name: 'Виконано частково' }).tap();
    await sheet.getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Напишіть причину');
    await sheet.getByRole('button', { name: 'Немає деталей' }).tap();
    await sheet.getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Причина: Немає деталей');
    await sees('Виконана частково');
  });

  it('can turn out impossible before the work began, with a reason', async () => {
    await open('morning', '/visits/dairy');
    await tap('Інші дії');
    await page.getByRole('menuitem', { name: 'Неможливо виконати' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Виконати неможливо' }).tap();
    await page.getByRole('dialog').getByLabel('Причина').fill('Об’єкт знеструмлено');
    await page.getByRole('dialog').getByRole('button', { name: 'Завершити виїзд' }).tap();
    await sees('Причина: Об’єкт знеструмлено');
  });

  it('pauses with a reason, goes on, and every step can be taken back', async () => {
    await open('noon', '/visits/dairy');
    await tap('Пауза');
    await page.getByRole('dialog').getByRole('button', { name: 'Обід' }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Пауза' }).tap();
    await sees('Призупинена');
    await tap('Продовжити роботу');
    await sees('У роботі 1:12');
    await page.getByRole('status').getByRole('button', { name: 'Скасувати' }).last().tap();
    await sees('Призупинена');
  });

  it('saves findings as they are typed, beside what a colleague wrote meanwhile', async () => {
    await open('noon', '/visits/dairy');
    const findings = page.getByLabel('Висновки', { exact: true }).getByRole('textbox');
    await findings.fill('Коротко.');
    await page.evaluate(() => {
      const { backend } = window as unknown as {
        backend: { arrive: (id: string, change: (visit: { findings: string }) => void) => void };
      };
      backend.arrive('dairy', (visit) => (visit.findings += ' Від диспетчера.'));
    });
    await page.waitForFunction(
      () => document.querySelector('textarea')?.value === 'Коротко. Від диспетчера.',
    );
  });
});

describe('the window', () => {
  it('comes back to the same scroll', async () => {
    await open('morning', '/today', { width: 500 });
    await page.evaluate(() => document.querySelector('.page')?.scrollBy(0, 400));
    const scrolled = (): Promise<number> =>
      page.evaluate(() => document.querySelector('.page')?.scrollTop ?? 0);
    const before = await scrolled();
    expect(before).toBeGreaterThan(100);
    // Not a tap: the test's hand would scroll once more.
    await page.getByRole('link', { name: /Агро-Полісся/ }).dispatchEvent('click');
    await tap('Назад');
    await sees('Понеділок');
    expect(await scrolled()).toBe(before);
  });

  it('changes its language without a reload', async () => {
    await open('noon', '/settings');
    await page.evaluate(() => Object.assign(window, { same: true }));
    await page.getByRole('radio', { name: 'English' }).tap();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.evaluate(() => 'same' in window)).toBe(true);
  });

  it('holds words half as long again, on a narrow screen too', async () => {
    for (const path of ['/today', '/visits/dairy', '/settings']) {
      for (const width of [390, 800]) {
        await open('noon', path, { locale: 'uk-XA', width });
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
        await page.context().close();
      }
    }
    await open('noon', '/today');
  });

  it('is searched by an axe that does find something', async () => {
    await open('noon', '/today');
    await page.evaluate(() =>
      document.body.append(
        document.createElement('img'),
        Object.assign(document.createElement('p'), {
          style: 'color: #666',
          textContent: 'words too faint to read',
        }),
      ),
    );
    expect((await axe(page)).map((finding) => finding.split(':')[0])).toEqual(
      expect.arrayContaining(['image-alt', 'color-contrast-enhanced']),
    );
  });
});
