// Makes the typed messages of the app from `words/*.json`, and refuses an incomplete catalogue.
//
// A message is a text, or a text for each plural form of `count`; `{n}` in a form is the count written
// by locale. What comes out twice: the shipped catalogue, and the same with one more language, made by
// padding every Ukrainian text by half, which pages are tested in: what holds it holds any translation.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

const ui = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCALES = ['uk', 'en', 'ru'];
const PSEUDO = 'uk-XA';

/** Why a catalogue cannot be used, one line per fault. */
export function faults(catalogues) {
  const found = [];
  const keys = new Set(Object.values(catalogues).flatMap((one) => Object.keys(one)));
  for (const key of keys) {
    const shapes = new Set();
    for (const [locale, catalogue] of Object.entries(catalogues)) {
      const message = catalogue[key];
      if (message === undefined) {
        found.push(`${locale}: ${key} is missing`);
        continue;
      }
      shapes.add(`${typeof message} ${inputs(message).join(' ')}`);
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      if (typeof message === 'object' && forms.some((form) => !message[form])) {
        found.push(`${locale}: ${key} wants the forms ${forms.join(', ')}`);
      }
      if (Object.values(typeof message === 'object' ? message : { message }).some((text) => !text)) {
        found.push(`${locale}: ${key} is empty`);
      }
    }
    if (shapes.size > 1) found.push(`${key} does not take the same values in every language`);
  }
  return found;
}

/** The values a message takes, besides the count. */
function inputs(message) {
  const texts = typeof message === 'object' ? Object.values(message) : [message];
  const names = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
  return [...new Set(names)].filter((name) => typeof message === 'string' || name !== 'n').sort();
}

function long(text) {
  const words = text.replace(/\{\w+\}/g, '').length;
  return `[${text}${' жовто'.repeat(Math.ceil(words / 12))}]`;
}

function padded(message) {
  if (typeof message === 'string') return long(message);
  return Object.fromEntries(Object.entries(message).map(([form, text]) => [form, long(text)]));
}

function compiled(message) {
  if (typeof message === 'string') return message;
  const match = Object.entries(message).map(([form, text]) => [`form=${form}`, text]);
  const declared = ['count', ...inputs(message)].map((name) => `input ${name}`);
  return [
    {
      declarations: [...declared, 'local form = count: plural', 'local n = count: number'],
      selectors: ['form'],
      match: Object.fromEntries(match),
    },
  ];
}

async function make(name, catalogues, outdir) {
  const project = join(ui, '.words', `${name}.inlang`);
  await mkdir(join(project, 'messages'), { recursive: true });
  const plugin = join(ui, 'node_modules/@inlang/plugin-message-format/dist/index.js');
  const settings = {
    baseLocale: 'uk',
    locales: Object.keys(catalogues),
    modules: [`./${relative(dirname(project), plugin)}`],
    'plugin.inlang.messageFormat': { pathPattern: `./${name}.inlang/messages/{locale}.json` },
  };
  await writeFile(join(project, 'settings.json'), JSON.stringify(settings));
  for (const [locale, catalogue] of Object.entries(catalogues)) {
    const messages = Object.entries(catalogue).map(([key, message]) => [key, compiled(message)]);
    const file = join(project, 'messages', `${locale}.json`);
    await writeFile(file, JSON.stringify(Object.fromEntries(messages)));
  }
  await compile({
    project,
    outdir: join(ui, outdir),
    strategy: ['baseLocale'],
    outputStructure: 'locale-modules',
    emitTsDeclarations: true,
    emitReadme: false,
  });
}

export async function catalogues() {
  const read = async (locale) => [
    locale,
    JSON.parse(await readFile(join(ui, 'words', `${locale}.json`), 'utf8')),
  ];
  return Object.fromEntries(await Promise.all(LOCALES.map(read)));
}

/** Keys that no source file names. */
export async function unused(catalogue) {
  const files = await readdir(join(ui, 'src'), { recursive: true });
  const sources = files.filter((file) => /\.(ts|svelte)$/.test(file) && !file.includes('compiled'));
  const texts = await Promise.all(sources.map((file) => readFile(join(ui, 'src', file), 'utf8')));
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/\bm\.(\w+)/g)].map((match) => match[1])));
  return Object.keys(catalogue).filter((key) => !named.has(key));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = await catalogues();
  const found = faults(all);
  if (found.length > 0) {
    process.stderr.write(`The words are not complete:\n${found.join('\n')}\n`);
    process.exit(1);
  }
  // Compiling takes seconds and every script asks for it, so the same words are not compiled twice.
  const own = await readFile(fileURLToPath(import.meta.url));
  const stamp = createHash('sha256').update(own).update(JSON.stringify(all)).digest('hex');
  const stamped = join(ui, '.words', 'stamp');
  const made = await readFile(join(ui, 'src/lib/words/compiled/messages.js')).catch(() => undefined);
  if (made && (await readFile(stamped, 'utf8').catch(() => '')) === stamp) process.exit(0);
  await make('app', all, 'src/lib/words/compiled');
  const pseudo = Object.entries(all.uk).map(([key, message]) => [key, padded(message)]);
  await make('pages', { ...all, [PSEUDO]: Object.fromEntries(pseudo) }, '.words/compiled');
  await writeFile(stamped, stamp);
}
