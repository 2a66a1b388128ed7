/** How this person likes the window on this device: theme and language. Kept in the window's own storage. */
import { isLocale, type Locale, locale, m, speak, spoken } from '$lib/words';

export const THEMES = ['system', 'light', 'dark', 'sunlight'] as const;
export type Theme = (typeof THEMES)[number];
export type Density = 'office' | 'field';

const THEME_KEY = 'halyard.theme';
const LOCALE_KEY = 'halyard.locale';

const THEME_WORDS = {
  system: m.theme_system,
  light: m.theme_light,
  dark: m.theme_dark,
  sunlight: m.theme_sunlight,
} satisfies Record<Theme, () => string>;

export const themeText = (theme: Theme): string => THEME_WORDS[theme]();

/** Each language is called by its own name, so that whoever is lost finds the way back. */
export const LANGUAGES: readonly { value: Locale; label: string }[] = [
  { value: 'uk', label: 'Українська' },
  { value: 'en', label: 'English' },
  { value: 'ru', label: 'Русский' },
];

function isTheme(text: string | null): text is Theme {
  return THEMES.some((theme) => theme === text);
}

export class Preferences {
  theme = $state<Theme>('system');
  density = $state<Density>('field');
  #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    const theme = localStorage.getItem(THEME_KEY);
    const language = localStorage.getItem(LOCALE_KEY) ?? undefined;
    this.theme = isTheme(theme) ? theme : 'system';
    speak(isLocale(language) ? language : spoken(navigator.languages));
    this.#paint();
    this.#dark.addEventListener('change', () => this.#paint());
  }

  get locale(): Locale {
    return locale();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    localStorage.setItem(THEME_KEY, theme);
    this.#paint();
  }

  setLocale(next: Locale): void {
    localStorage.setItem(LOCALE_KEY, next);
    speak(next);
  }

  setDensity(density: Density): void {
    this.density = density;
    document.documentElement.dataset.density = density;
  }

  #paint(): void {
    const system = this.#dark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = this.theme === 'system' ? system : this.theme;
  }
}
