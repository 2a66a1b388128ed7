/** What holds on every screen of the list: axe finds nothing in any theme, no word is cut, gloves hit what they aim at. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, launch } from '../../scripts/browser.mjs';
import { cut } from '../screens/cut';
import { SCREENS } from '../screens/list';
import { type Screen, SIZES, type Size, THEMES } from '../screens/screen';
import { Companies, dress, show } from '../screens/showing';
import { missed } from '../screens/targets';

let browser: Browser;
const companies = new Companies();

beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await companies.close();
});

/**
 * Whether the colours of a size are looked at: of a screen as it usually is, of both that people hold and sit at; of
 * its other states, of the one its shell is made for.
 */
function coloursAt({ state, who }: Screen, { width }: Size): boolean {
  const own = who === 'technician' || who === 'newcomer' ? 800 : 1366;
  return state === 'usual' ? width < 1920 : width === own;
}

/** What is wrong with a screen at a size, as it is shown in every theme and with words half as long again. */
async function faults(screen: Screen, size: Size): Promise<string[]> {
  const page = await show(browser, companies, screen, size);
  const found: string[] = [];
  const note = (where: string, faults: string[]): unknown =>
    found.push(...faults.map((one) => `${size.width} ${where}: ${one}`));
  page.on('pageerror', (error) => note('error', [error.message]));
  note('uk', await cut(page));
  // The gallery shows parts of the Office beside those of the Field.
  if (screen.company !== 'nobody') note('touch', await missed(page));
  // A wide window has nothing that a laptop's has not.
  if (size.width < 1920) note('light', await axe(page));
  for (const theme of coloursAt(screen, size) ? THEMES.filter((one) => one !== 'light') : []) {
    await dress(page, { theme, locale: 'uk' });
    note(theme, await axe(page, { colours: true }));
  }
  await dress(page, { theme: 'light', locale: 'uk-XA' });
  note('long', await cut(page));
  await page.context().close();
  return found;
}

describe.concurrent('every screen', () => {
  it.each(SCREENS)('is read by everybody and holds its words: $name', async (screen) => {
    const found = await Promise.all(SIZES.map((size) => faults(screen, size)));
    expect(found.flat()).toEqual([]);
  });
});
