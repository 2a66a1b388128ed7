import { beforeEach, describe, expect, it } from 'vitest';
import { flushSync } from 'svelte';
import { locales, m, speak, spoken } from '$lib/words';
import { catalogues, faults, unused } from '../../scripts/words.mjs';

const COUNTS = [0, 1, 2, 5, 11, 21, 22, 25, 101, 1.5];

function said(locale: 'uk' | 'en' | 'ru', message: (inputs: { count: number }) => string): string[] {
  speak(locale);
  return COUNTS.map((count) => message({ count }).replaceAll('\u00a0', ' '));
}

beforeEach(() => speak('uk'));

describe('the catalogue', () => {
  it('is complete in every language, and says nothing that no screen says', async () => {
    const all = await catalogues();
    expect(faults(all)).toEqual([]);
    expect(await unused(all.uk)).toEqual([]);
  });

  it('is refused with a missing key, a missing plural form, or other inputs', () => {
    const few = { one: '{n} виїзд', few: '{n} виїзди', many: '{n} виїздів', other: '{n} виїзду' };
    const found = faults({
      uk: { visits: few, only: 'тут', until: 'до {time}' },
      en: { visits: { one: '{n} visit' }, until: 'to {date}' },
    });
    expect(found).toEqual([
      'en: visits wants the forms one, other',
      'en: only is missing',
      'until does not take the same values in every language',
    ]);
  });
});

describe('plural forms', () => {
  it('are Ukrainian', () => {
    expect(said('uk', m.day_visits)).toEqual([
      '0 виїздів',
      '1 виїзд',
      '2 виїзди',
      '5 виїздів',
      '11 виїздів',
      '21 виїзд',
      '22 виїзди',
      '25 виїздів',
      '101 виїзд',
      '1,5 виїзду',
    ]);
  });
  it('are English', () => {
    expect(said('en', m.day_visits)).toEqual([
      '0 visits',
      '1 visit',
      '2 visits',
      '5 visits',
      '11 visits',
      '21 visits',
      '22 visits',
      '25 visits',
      '101 visits',
      '1.5 visits',
    ]);
  });
  it('are Russian', () => {
    expect(said('ru', m.day_visits)).toEqual([
      '0 выездов',
      '1 выезд',
      '2 выезда',
      '5 выездов',
      '11 выездов',
      '21 выезд',
      '22 выезда',
      '25 выездов',
      '101 выезд',
      '1,5 выезда',
    ]);
  });
});

describe('the language', () => {
  it('changes what is already on the screen, without a reload', () => {
    let shown = '';
    const stop = $effect.root(() => {
      $effect(() => {
        shown = m.today();
      });
    });
    flushSync();
    expect(shown).toBe('Сьогодні');
    speak('en');
    flushSync();
    expect(shown).toBe('Today');
    expect(document.documentElement.lang).toBe('en');
    stop();
  });

  it('is the first wanted one that the app speaks', () => {
    expect(spoken(['pl-PL', 'ru-UA', 'en'])).toBe('ru');
    expect(spoken(['de'])).toBe('uk');
    expect(locales).toEqual(['uk', 'en', 'ru']);
  });
});
