import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { alias } from './vite.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The pages of `gallery/`: every component in every state, and the app over the bridge. */
export default defineConfig({
  root: at('./gallery'),
  base: './',
  plugins: [svelte({ configFile: at('./svelte.config.js') })],
  resolve: {
    // The gallery also speaks the padded language that translations are tried in.
    alias: [
      { find: './compiled/messages.js', replacement: at('./.words/compiled/messages.js') },
      { find: './compiled/runtime.js', replacement: at('./.words/compiled/runtime.js') },
      ...Object.entries(alias).map(([find, replacement]) => ({ find, replacement })),
    ],
  },
  build: {
    outDir: at('./.gallery/site'),
    emptyOutDir: true,
    target: 'chrome120',
    assetsInlineLimit: 0,
    rolldownOptions: { input: { components: at('./gallery/index.html'), app: at('./gallery/app.html') } },
  },
});
