// Takes a picture of every page: sizes × languages × themes, into `.gallery/screens`, and runs axe on each.
// Words after the command take only the pages whose names begin so: `npm run screens -- visit`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, launch, serve, stage, ui, visitor } from './browser.mjs';

const SIZES = [
  [1366, 768],
  [800, 1280],
  [1920, 1080],
];
const FIELD = ['light', 'dark', 'sunlight'];
/** Of a page of the app: the scene, the path or the visit of the day, what is tapped first, who looks. */
const PAGES = [
  { name: 'components-office', themes: ['light', 'dark'], density: 'office' },
  { name: 'components-field', themes: FIELD, density: 'field' },
  { name: 'today', themes: FIELD, scene: 'morning', path: '/today' },
  { name: 'today-empty', themes: ['light'], scene: 'morning', path: '/days/2026-11-25' },
  { name: 'visit', themes: FIELD, scene: 'noon', visit: 2 },
  { name: 'visit-before', themes: ['light'], scene: 'morning', visit: 2 },
  { name: 'visit-trouble', themes: FIELD, scene: 'trouble', visit: 2 },
  { name: 'visit-over', themes: ['light'], scene: 'morning', visit: 1 },
  { name: 'visit-work', themes: FIELD, scene: 'noon', visit: 2, tap: '.line .end .button' },
  { name: 'visit-finish', themes: FIELD, scene: 'noon', visit: 2, tap: 'footer .primary' },
  { name: 'visit-photo', themes: FIELD, scene: 'noon', visit: 2, tap: 'li:has(img) button' },
  { name: 'settings', themes: FIELD, scene: 'noon', path: '/settings' },
  { name: 'office', themes: ['light', 'dark'], scene: 'morning', path: '/today', who: 'dispatcher' },
];

const wanted = process.argv.slice(2);
const folder = join(ui, '.gallery/screens');
await mkdir(folder, { recursive: true });
const gallery = await serve();
const browser = await launch();
const stages = new Map();
let [taken, found] = [0, 0];

/** The devices of a scene, set up once: no page here changes what is on them. */
function onStage(scene) {
  if (!stages.has(scene)) stages.set(scene, stage(scene));
  return stages.get(scene);
}

/** Where a page is, and the clock of its device. */
async function place(page, look) {
  if (!page.scene) return { url: `${gallery.url}/index.html?density=${page.density}&${look}` };
  const set = await onStage(page.scene);
  const { url, now } = set[page.who ?? 'technician'];
  if (page.visit === undefined) return { url: `${url}#${page.path}`, now };
  const { visits } = await set.technician.ask('today');
  return { url: `${url}#/visits/${visits[page.visit - 1].link.document}`, now };
}

/** One picture, and what axe finds on it, said at once. */
async function take(shown, theme, locale, [width, height]) {
  const { url, now } = await place(shown, `theme=${theme}&locale=${locale}`);
  const page = await visitor(browser, { width, height, theme, locale, now });
  const shot = `${shown.name}-${theme}-${locale}-${width}`;
  const say = (finding) => {
    found += 1;
    process.stdout.write(`${shot}: ${finding}\n`);
  };
  page.on('pageerror', (error) => say(error.message));
  await page.goto(url);
  await page.evaluate(() => document.fonts.ready);
  await page.locator('h1, h2').first().waitFor();
  if (shown.tap) await page.locator(shown.tap).first().click();
  await page.screenshot({ path: join(folder, `${shot}.png`), fullPage: shown.density !== undefined });
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
  gallery.close();
  for (const set of stages.values()) (await set).close();
}
process.stdout.write(`${taken} pictures in .gallery/screens, ${found} findings\n`);
process.exitCode = found > 0 ? 1 : 0;
