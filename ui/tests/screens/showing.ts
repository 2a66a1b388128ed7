/** Puts a screen of the list into a browser. */
import type { Browser, Page } from 'playwright-core';
import { demo, type Device, serve, stage, visitor } from '../../scripts/browser.mjs';
import type { Company, Screen, Size, Theme } from './screen';

type Devices = Partial<Record<Screen['who'], Device>>;

/** The companies whose devices the screens are on: each is set up once, when a screen first asks for it. */
export class Companies {
  #served = new Map<Company, Promise<Devices & { close: () => void }>>();
  #pages = serve();

  #of(company: Company): Promise<Devices> {
    const known = this.#served.get(company);
    if (known) return known;
    const served = company === 'demo' ? demo() : stage(company, { newcomer: company === 'morning' });
    this.#served.set(company, served);
    return served;
  }

  /** Where a screen is, and the clock of its device. */
  async place({ company, who, path }: Screen): Promise<{ url: string; now?: number }> {
    if (company === 'nobody' && typeof path === 'string') return { url: (await this.#pages).url + path };
    const device = (await this.#of(company))[who];
    if (!device) throw new Error(`${company} has no ${who}`);
    const address = typeof path === 'string' ? path : await path(device);
    return { url: `${device.url}#${address}`, now: device.now };
  }

  async close(): Promise<void> {
    (await this.#pages).close();
    for (const served of await Promise.allSettled(this.#served.values())) {
      if (served.status === 'fulfilled') served.value.close();
    }
  }
}

/** A screen in a browser of its own, in the state it is listed for, in Ukrainian and light. */
export async function show(
  browser: Browser,
  companies: Companies,
  screen: Screen,
  size: Size,
): Promise<Page> {
  const { url, now } = await companies.place(screen);
  const page = await visitor(browser, { ...size, now });
  for (const [call, answer] of Object.entries(screen.told ?? {})) {
    await page.route(`**/call/${call}`, (route) => route.fulfill({ json: answer }));
  }
  const record = url.split('/').at(-1) ?? '';
  for (const [call, change] of Object.entries(screen.changed ?? {})) {
    const changes = change as (answer: unknown, record: string) => unknown;
    await page.route(`**/call/${call}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: changes(await response.json(), record) });
    });
  }
  const calls = countCalls(page);
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  await page.locator('h1, h2').first().waitFor();
  await settled(page, calls);
  if (screen.then) {
    await screen.then(page);
    await settled(page, calls);
  }
  return page;
}

/** Changes theme and language of what is on the screen, as its settings do. */
export async function dress(page: Page, { theme, locale }: { theme: Theme; locale: string }): Promise<void> {
  await page.evaluate(
    async ([wantedTheme, wantedLocale]) => {
      document.documentElement.dataset.theme = wantedTheme;
      (window as unknown as { speak: (locale: string) => void }).speak(wantedLocale);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    },
    [theme, locale] as const,
  );
}

interface Calls {
  open: number;
}

function countCalls(page: Page): Calls {
  const calls = { open: 0 };
  // An import that goes on is what its screen shows.
  const asks = (url: string): boolean => url.includes('/call/') && !url.endsWith('/import_file');
  page.on('request', (request) => asks(request.url()) && (calls.open += 1));
  page.on('requestfinished', (request) => asks(request.url()) && (calls.open -= 1));
  page.on('requestfailed', (request) => asks(request.url()) && (calls.open -= 1));
  return calls;
}

/** Waits until the device has been asked everything and the answers are drawn. */
async function settled(page: Page, calls: Calls): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet = calls.open > 0 ? 0 : quiet + 1) await page.waitForTimeout(40);
}
