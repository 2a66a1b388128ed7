import { defineConfig } from 'vitest/config';
import { alias } from './vite.config.ts';

/** Pages used in a real Chromium, on the built gallery. */
export default defineConfig({
  resolve: { alias },
  test: {
    include: ['tests/pages/**/*.page.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
