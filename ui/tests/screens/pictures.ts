/** The gallery: a picture of every screen in every size, language and theme, and a page to look at them. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, ui } from '../../scripts/browser.mjs';
import { SCREENS } from './list';
import { type Screen, SIZES, type Size, themesOf } from './screen';
import { Companies, dress, show } from './showing';

const LOCALES = ['uk', 'en'] as const;

/** What the page of the gallery knows of a picture. */
interface Picture {
  file: string;
  name: string;
  shell: 'field' | 'office';
  state: string;
  size: string;
  locale: string;
  theme: string;
}

function pictures(screen: Screen, { width, height }: Size): Picture[] {
  const { name, state } = screen;
  const shell = themesOf(screen).includes('sunlight') ? 'field' : 'office';
  return LOCALES.flatMap((locale) =>
    themesOf(screen).map((theme) => ({
      file: `${name}-${width}-${locale}-${theme}.png`,
      ...{ name, shell, state, size: `${width}×${height}`, locale, theme },
    })),
  );
}

/** Takes the pictures of the screens whose names begin with `only`, into `folder`. Says which could not be taken. */
export async function take(folder: string, only: string, say: (line: string) => void): Promise<string[]> {
  const wanted = SCREENS.filter(({ name }) => name.startsWith(only));
  if (wanted.length === 0) {
    throw new Error(`No screen is called ${only}. There are: ${SCREENS.map(({ name }) => name).join(', ')}`);
  }
  await mkdir(folder, { recursive: true });
  const companies = new Companies();
  const browser = await launch();
  const failed: string[] = [];
  const takeAll = async (screen: Screen, size: Size): Promise<void> => {
    const page = await show(browser, companies, screen, size);
    for (const { file, locale, theme } of pictures(screen, size)) {
      await dress(page, { locale, theme: theme as 'light' });
      await page.screenshot({ path: join(folder, file), fullPage: screen.company === 'nobody' });
    }
    await page.context().close();
  };
  try {
    for (const [index, screen] of wanted.entries()) {
      say(`${index + 1}/${wanted.length} ${screen.name}`);
      // The sizes together: the browser draws one while another is saved.
      const sizes = await Promise.allSettled(SIZES.map((size) => takeAll(screen, size)));
      for (const one of sizes) if (one.status === 'rejected') failed.push(`${screen.name}: ${one.reason}`);
    }
  } finally {
    await browser.close();
    await companies.close();
  }
  await writeIndex(folder);
  return failed;
}

/** The page to look at them: everything that lies in the folder, taken now or before. */
async function writeIndex(folder: string): Promise<void> {
  const listed = SCREENS.flatMap((screen) => SIZES.flatMap((size) => pictures(screen, size)));
  const there = listed.filter(({ file }) => existsSync(join(folder, file)));
  await copyFile(join(ui, 'tests/screens/index.html'), join(folder, 'index.html'));
  await writeFile(join(folder, 'pictures.js'), `const PICTURES = ${JSON.stringify(there)};\n`);
}
