/** Whoever goes by Tab sees where they are: on screens of both shells, in every theme. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../screens/screen';
import { onStage } from './stage';

/** So many steps reach past the head of a page, its bar and its first rows. */
const STEPS = 24;

/** What a step of Tab left, to be looked at once something else has the keys. */
interface Walk {
  left?: { element: Element; looked: string };
}

/** Puts the page into a theme, with nothing left behind yet. */
const begin = (page: Page, theme: string): Promise<void> =>
  page.evaluate((wanted) => {
    document.documentElement.dataset.theme = wanted;
    Object.assign(window, { walk: {} satisfies Walk });
  }, theme);

/**
 * What is wrong with where the last step of Tab went from or to: what had the keys looks the same without them, or what
 * has them is not on the screen; nothing while all is well.
 */
const fault = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { walk } = window as unknown as { walk: Walk };
    // A ring may be drawn around what holds the field, or in the row that a table stands on.
    const look = (element: Element): string =>
      [
        element,
        element.parentElement,
        element.parentElement?.parentElement,
        ...element.querySelectorAll('[role="row"]'),
      ]
        .map((one) => {
          if (!one) return '';
          const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(one);
          const ring = outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`;
          return `${ring} ${boxShadow} ${borderColor}`;
        })
        .join('; ');
    const name = (element: Element): string =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.trim()}`.slice(0, 80);
    const { left } = walk;
    const element = document.activeElement;
    walk.left = element && element !== document.body ? { element, looked: look(element) } : undefined;
    if (left && left.element !== element && left.element.isConnected && look(left.element) === left.looked) {
      return `looks the same without the keys: ${name(left.element)}`;
    }
    if (!walk.left || !element) return undefined;
    const { top, bottom, left: from, right, width, height } = element.getBoundingClientRect();
    const isSeen =
      width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && from < innerWidth;
    return isSeen ? undefined : `is not on the screen: ${name(element)}`;
  });

/** Walks a page in a theme; what was wrong on the way. */
async function walked(page: Page, where: string, theme: string): Promise<string[]> {
  const faults: string[] = [];
  const reached = new Set<string>();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await begin(page, theme);
  for (let step = 0; step < STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const wrong = await fault(page);
    if (wrong !== undefined) faults.push(`${where} ${theme}: ${wrong}`);
    reached.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? ''));
  }
  // A walk that goes nowhere sees nothing wrong.
  if (reached.size < 5) faults.push(`${where} ${theme}: only ${reached.size} places have the keys`);
  return faults;
}

describe('the focus', () => {
  it('is seen wherever Tab leads in the Field shell', async () => {
    await using stage = await onStage('noon');
    const faults: string[] = [];
    for (const path of [
      '/today',
      `/visits/${await stage.visit(2)}`,
      '/mine',
      '/complaints/new',
      '/settings',
    ]) {
      await stage.open(path);
      for (const theme of THEMES) faults.push(...(await walked(stage.page, path, theme)));
    }
    expect(faults).toEqual([]);
  });

  it('is seen wherever Tab leads in the Office shell', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const faults: string[] = [];
    const customer = `/customers/${await stage.customer(2)}`;
    for (const path of ['/visits', '/review', customer, `${customer}/edit`, '/settings']) {
      await stage.open(path);
      for (const theme of THEMES) faults.push(...(await walked(stage.page, path, theme)));
    }
    expect(faults).toEqual([]);
  });
});
