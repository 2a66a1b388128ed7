import type { Browser, Page } from 'playwright-core';
export const NOW: string;
export function serve(): Promise<{ url: string; close: () => void }>;
export function launch(): Promise<Browser>;
export function visitor(
  browser: Browser,
  look: { width: number; height: number; theme?: string; locale?: string; touch?: boolean },
): Promise<Page>;
export function axe(page: Page): Promise<string[]>;
