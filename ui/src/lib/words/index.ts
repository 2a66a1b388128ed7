export { isLocale, type Locale, locale, locales, m, speak, spoken } from './words.svelte';
