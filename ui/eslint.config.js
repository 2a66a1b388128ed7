import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import svelteConfig from './svelte.config.js';

const aliases = {
  $lib: [join(import.meta.dirname, 'src/lib')],
  $features: [join(import.meta.dirname, 'src/features')],
};
const tauri = { group: ['@tauri-apps/*'], message: 'Only src/lib/backend/tauri.ts speaks to the window.' };
const features = { group: ['$features/*'], message: 'A feature and the library never import a feature.' };
const routes = { regex: '(^|/)routes/', message: 'Routes are the top: nothing imports them but the app.' };
const compiled = { regex: 'words/compiled', message: 'Import { m } from $lib/words.' };

const tiers = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [...patterns, compiled] }] },
});
const others = (own) =>
  readdirSync('src/features')
    .filter((name) => name !== own)
    .map((name) => ({ regex: `(^|/)${name}/`, message: 'A feature never imports a feature.' }));

export default ts.config(
  { ignores: ['dist', '.words', '.gallery', 'src/lib/words/compiled', 'src/lib/bindings'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      // The same for every file: the project is read anew whenever these differ.
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      // Cycles are looked for among modules; a component imports what it shows and nothing imports it back.
      'import-x/ignore': ['\\.svelte$'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.svelte.ts'], alias: aliases }),
      ],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'no-console': 'error',
      // What no screen shows is a plain map or date.
      'svelte/prefer-svelte-reactivity': 'off',
      // The only way to say a space at the edge of a block.
      'svelte/no-useless-mustaches': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    // svelte-check judges these; the linter sees neither the types of snippets nor bindable props.
    rules: {
      'prefer-const': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
    },
  },
  {
    files: ['scripts/*.mjs', '*.config.js'],
    ...ts.configs.disableTypeChecked,
    languageOptions: {
      globals: { ...globals.node, ...globals.browser },
      parserOptions: { projectService: false },
    },
  },
  tiers(['src/lib/**'], [tauri, features, routes], ['src/lib/backend/tauri.ts', 'src/lib/words/*.ts']),
  ...readdirSync('src/features').map((name) =>
    tiers([`src/features/${name}/**`], [tauri, features, routes, ...others(name)]),
  ),
  tiers(['src/routes/**', 'src/*.ts', 'src/*.svelte'], [tauri]),
);
