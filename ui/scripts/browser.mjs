// The gallery, served on loopback, in Debian's Chromium: for pictures and for page tests.
import { createReadStream, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
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

/** The demo's moment: the pages show the same day whenever they are opened. */
export const NOW = '2026-11-23T11:46:00+02:00';

/** Serves the built gallery on a free port of loopback. */
export async function serve() {
  if (!existsSync(join(site, 'app.html'))) throw new Error('the gallery is not built: npm run gallery');
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

export function launch() {
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
    ],
  });
}

/** A fresh browser profile at the demo's moment, as the person of `look` likes the window. */
export async function visitor(browser, { width, height, theme = 'light', locale = 'uk', touch = false }) {
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
  await page.clock.setFixedTime(new Date(NOW));
  return page;
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on the page, one line per finding. Field is held to the contrast of AAA. */
export async function axe(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const field = document.documentElement.dataset.density === 'field';
    const { violations } = await globalThis.axe.run(document, {
      rules: { 'color-contrast-enhanced': { enabled: field }, 'target-size': { enabled: true } },
    });
    return violations.flatMap((one) =>
      one.nodes.map(
        (node) => `${one.id}: ${node.target.join(' ')} — ${node.failureSummary.split('\n')[1] ?? ''}`,
      ),
    );
  });
}
