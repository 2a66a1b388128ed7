// Writes the gallery: `npm run screens -- [--out FOLDER] [--only NAME]`. The list of screens is TypeScript,
// as the tests that go through it are.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ui } from './browser.mjs';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(ui, '.gallery/screens') },
    only: { type: 'string', default: '' },
  },
});
const folder = resolve(values.out);
const say = (line) => process.stdout.write(`${line}\n`);
const { module } = await runnerImport(join(ui, 'tests/screens/pictures.ts'), { configFile: false, root: ui });
try {
  const failed = await module.take(folder, values.only, say);
  failed.forEach(say);
  process.exitCode = failed.length > 0 ? 1 : 0;
  say(`To look at them: ${join(folder, 'index.html')}`);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
