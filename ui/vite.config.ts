import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const alias = { $lib: at('./src/lib'), $features: at('./src/features') };

export default defineConfig({
  base: './',
  plugins: [svelte()],
  resolve: { alias },
  // WebKitGTK of Debian 12 is the oldest engine the window runs in.
  build: { target: ['safari16.4', 'chrome120'], assetsInlineLimit: 0 },
});
