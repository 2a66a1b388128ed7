// Takes a picture of every page: sizes × languages × themes, into `.gallery/screens`, and runs axe on each.
// Words after the command take only the pages whose names begin so: `npm run screens -- visit`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, launch, serve, ui, visitor } from './browser.mjs';

const SIZES = [
  [1366, 768],
  [800, 1280],
  [1920, 1080],
];
const PAGES = [
  {
    name: 'components-office',
    themes: ['light', 'dark'],
    url: (look) => `/index.html?density=office&${look}`,
    full: true,
  },
  {
    name: 'components-field',
    themes: ['light', 'dark', 'sunlight'],
    url: (look) => `/index.html?density=field&${look}`,
    full: true,
  },
  { name: 'today', themes: ['light', 'dark', 'sunlight'], url: () => '/app.html?world=morning#/today' },
  { name: 'today-empty', themes: ['light'], url: () => '/app.html?world=dayOff#/today' },
  { name: 'visit', themes: ['light', 'dark', 'sunlight'], url: () => '/app.html?world=noon#/visits/dairy' },
  { name: 'visit-before', themes: ['light'], url: () => '/app.html?world=morning#/visits/dairy' },
  { name: 'visit-trouble', themes: ['light'], url: () => '/app.html?world=trouble#/visits/dairy' },
  { name: 'visit-readonly', themes: ['light'], url: () => '/app.html?world=trouble#/visits/bakery' },
  {
    name: 'visit-work',
    themes: ['light', 'dark', 'sunlight'],
    url: () => '/app.html?world=noon#/visits/dairy',
    click: '.line .end button',
  },
  {
    name: 'visit-finish',
    themes: ['light', 'dark', 'sunlight'],
    url: () => '/app.html?world=noon#/visits/dairy',
    click: 'footer .primary',
  },
  { name: 'settings', themes: ['light', 'dark', 'sunlight'], url: () => '/app.html?world=noon#/settings' },
  { name: 'office', themes: ['light', 'dark'], url: () => '/app.html?world=noon&role=dispatcher#/today' },
];

const wanted = process.argv.slice(2);
const folder = join(ui, '.gallery/screens');
await mkdir(folder, { recursive: true });
const site = await serve();
const browser = await launch();
let [taken, found] = [0, 0];

/** One picture, and what axe finds on it, said at once. */
async function take({ name, url, full, click }, theme, locale, [width, height]) {
  const page = await visitor(browser, { width, height, theme, locale });
  const shot = `${name}-${theme}-${locale}-${width}`;
  const say = (finding) => {
    found += 1;
    process.stdout.write(`${shot}: ${finding}\n`);
  };
  page.on('pageerror', (error) => say(error.message));
  await page.goto(site.url + url(`theme=${theme}&locale=${locale}`));
  await page.evaluate(() => document.fonts.ready);
  await page.locator('h1, h2').first().waitFor();
  if (click) await page.locator(click).first().click();
  await page.screenshot({ path: join(folder, `${shot}.png`), fullPage: full });
  (await axe(page)).forEach(say);
  taken += 1;
  await page.context().close();
}

try {
  for (const shown of PAGES) {
    if (wanted.length > 0 && !wanted.some((one) => shown.name.startsWith(one))) continue;
    for (const theme of shown.themes) {
      // The languages and sizes of a theme together: the browser draws while another page is read.
      const looks = ['uk', 'en'].flatMap((locale) => SIZES.map((size) => take(shown, theme, locale, size)));
      await Promise.all(looks);
    }
  }
} finally {
  await browser.close();
  site.close();
}
process.stdout.write(`${taken} pictures in .gallery/screens, ${found} findings\n`);
process.exitCode = found > 0 ? 1 : 0;
