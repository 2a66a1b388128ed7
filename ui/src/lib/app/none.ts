/** What is said where nothing is. */
import { m } from '$lib/words';
import type { App } from './app.svelte';

/** Until the first sync is complete nobody knows that there is nothing: then that is said in place of `text`. */
export const noneText = ({ arrived }: Pick<App, 'arrived'>, text: string): string =>
  arrived === undefined ? text : m.first_sync_text();
