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
const findings = new Map();
let taken = 0;
try {
  for (const { name, themes, url, full, click } of PAGES) {
    if (wanted.length > 0 && !wanted.some((one) => name.startsWith(one))) continue;
    for (const theme of themes) {
      for (const locale of ['uk', 'en']) {
        for (const [width, height] of SIZES) {
          const page = await visitor(browser, { width, height, theme, locale });
          page.on('pageerror', (error) => findings.set(`${name}: ${error.message}`, [theme]));
          await page.goto(site.url + url(`theme=${theme}&locale=${locale}`));
          await page.evaluate(() => document.fonts.ready);
          await page.locator('h1, h2').first().waitFor();
          if (click) await page.locator(click).first().click();
          await page.screenshot({
            path: join(folder, `${name}-${theme}-${locale}-${width}.png`),
            fullPage: full,
          });
          for (const finding of await axe(page)) {
            const seen = findings.get(`${name}: ${finding}`) ?? [];
            findings.set(`${name}: ${finding}`, [...seen, `${theme} ${locale} ${width}`]);
          }
          taken += 1;
          await page.context().close();
        }
      }
    }
  }
} finally {
  await browser.close();
  site.close();
}
for (const [finding, where] of findings) process.stdout.write(`${finding} (${where.length}×: ${where[0]})\n`);
process.stdout.write(`${taken} pictures in .gallery/screens, ${findings.size} findings\n`);
process.exitCode = findings.size > 0 ? 1 : 0;
