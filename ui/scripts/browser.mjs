// Debian's Chromium, for pictures and for page tests: on the gallery of components, and on the app over the
// bridge of a scene's devices.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ui = dirname(dirname(fileURLToPath(import.meta.url)));
const site = join(ui, '.gallery/site');
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** The moment of the gallery: it shows the same day whenever it is opened. */
export const NOW = '2026-11-23T11:46:00+02:00';

/** Serves the built gallery on a free port of loopback. */
export async function serve() {
  if (!existsSync(join(site, 'index.html'))) throw new Error('the gallery is not built: npm run gallery');
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://loopback').pathname);
    const file = join(site, path === '/' ? 'index.html' : path);
    if (!file.startsWith(site) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/**
 * Sets a scene of the stage up, on devices of its own with a relay of their own, and serves them to
 * browsers; with `newcomer` also a device nobody has used yet. All of it ends with `close`, or with this
 * process; in a `folder` of its own the devices can be killed and served again.
 */
export const stage = (scene, { newcomer = false, folder } = {}) =>
  devices([
    '--scene',
    scene,
    ...(newcomer ? ['--newcomer'] : []),
    ...(folder === undefined ? [] : ['--folder', folder]),
  ]);

/** Serves one device of a folder as it was left, without its relay; its clock stands at `now`. */
export const again = (folder, name, now) =>
  devices(['--again', name, '--folder', folder, '--clock-ms', String(now)]);

/** The small demo company: the first technician, the dispatcher, the administrator. It ends as a stage does. */
export const demo = () =>
  devices([
    '--size',
    'small',
    ...['technician', 'dispatcher', 'administrator'].flatMap((role) => ['--as', role]),
  ]);

async function devices(wanted) {
  const program = process.env.HALYARD_BRIDGE ?? join(ui, '../target/debug/bridge');
  if (!existsSync(program)) throw new Error(`${program} is not built: cargo build --workspace --bins`);
  // A group of its own: whoever kills it kills the relay that it started too.
  const child = spawn(program, [...wanted, '--offline', '--screens', site], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const served = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line);
    if (told.ready) return { ...served, close: () => child.stdin.end(), kill: () => kill(child) };
    // The demo company counts its people: technician-1.
    served[told.name.replace(/-1$/, '')] = device(told);
  }
  throw new Error(`${wanted.join(' ')} could not be served`);
}

/** Ends it as a battery does: nothing of it runs any more when this is done. */
function kill(child) {
  return new Promise((ended) => {
    child.once('exit', ended);
    process.kill(-child.pid, 'SIGKILL');
  });
}

/** A device of the stage, as tests ask and switch it beside its screen. */
function device({ url, now_ms: now, invitation }) {
  const post = async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };
  return {
    url: `${url}/app.html`,
    now,
    invitation,
    ask: (name, asked = {}) => post(`/call/${name}`, asked),
    online: (on) => post('/network', { on }),
  };
}

/** A browser; `more` are further switches of it. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** A fresh browser profile at a moment, as the person of `look` likes the window. Its clock goes on. */
export async function visitor(
  browser,
  { width, height, theme = 'light', locale = 'uk', touch = false, now = NOW },
) {
  const context = await browser.newContext({
    viewport: { width, height },
    timezoneId: 'Europe/Kyiv',
    locale: locale === 'en' ? 'en-GB' : 'uk-UA',
    hasTouch: touch,
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ([wantedTheme, wantedLocale]) => {
      localStorage.setItem('halyard.theme', wantedTheme);
      localStorage.setItem('halyard.locale', wantedLocale);
    },
    [theme, locale],
  );
  const page = await context.newPage();
  await page.clock.install({ time: new Date(now) });
  return page;
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on the page, one line per finding. Field is held to the contrast of AAA. `colours` asks
 * only about contrast: another theme changes nothing else.
 */
export async function axe(page, { colours = false } = {}) {
  await page.evaluate((source) => globalThis.axe === undefined && (0, eval)(source), axeSource);
  return page.evaluate(async (onlyColours) => {
    const field = document.documentElement.dataset.density === 'field';
    const contrast = field ? 'color-contrast-enhanced' : 'color-contrast';
    const rules = { 'color-contrast-enhanced': { enabled: field }, 'target-size': { enabled: true } };
    const asked = onlyColours ? { runOnly: { type: 'rule', values: [contrast] } } : { rules };
    const { violations } = await globalThis.axe.run(document, { ...asked, resultTypes: ['violations'] });
    return violations.flatMap((one) =>
      one.nodes.map(
        (node) => `${one.id}: ${node.target.join(' ')} — ${node.failureSummary.split('\n')[1] ?? ''}`,
      ),
    );
  }, colours);
}
