/**
 * The words of the app, in the language of the moment.
 *
 * `m.key()` reads the language through a signal, so a template or a `$derived` that says something
 * says it anew when the language changes. Paraglide's own `setLocale` reloads the page; nobody uses it.
 */
import * as m from './compiled/messages.js';
import { type Locale, isLocale, locales, overwriteGetLocale } from './compiled/runtime.js';

let current = $state<Locale>('uk');
overwriteGetLocale(() => current);

/** The language on the screen. */
export function locale(): Locale {
  return current;
}

/** Speaks another language from now on. */
export function speak(next: Locale): void {
  current = next;
  document.documentElement.lang = next;
}

/** The first of `wanted` that the app speaks, by its language alone when the country differs. */
export function spoken(wanted: readonly string[]): Locale {
  for (const one of wanted) {
    const language = one.split('-')[0];
    if (isLocale(one)) return one;
    if (isLocale(language)) return language;
  }
  return 'uk';
}

export { m, locales, isLocale, type Locale };
