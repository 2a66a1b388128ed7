import { beforeEach, describe, expect, it } from 'vitest';
import {
  canonical,
  dayOf,
  dayTitle,
  fullDate,
  instantAt,
  moment,
  plusDays,
  relativeDay,
  shortDate,
  time,
  timeSpan,
  windowOnDay,
} from '$lib/format/date';
import { duration, hours, hoursColumn, kilometres, running } from '$lib/format/duration';
import { money } from '$lib/format/money';
import { column, decimal, number, percent, quantity, size } from '$lib/format/number';
import { type Locale, speak } from '$lib/words';

/** What is written in the three languages, with no-break spaces shown as «·» and word joiners left out. */
function check(write: () => string, expected: Record<Locale, string>): void {
  for (const locale of ['uk', 'en', 'ru'] as const) {
    speak(locale);
    expect(write().replaceAll('\u00a0', '·').replaceAll('\u2060', '')).toBe(expected[locale]);
  }
}

const same = (text: string): Record<Locale, string> => ({ uk: text, en: text, ru: text });
const WINDOW = { from: '2026-12-07T09:00:00+02:00', to: '2026-12-07T11:00:00+02:00' };

beforeEach(() => speak('uk'));

describe('numbers', () => {
  it('keep their unit on the line', () => {
    check(() => quantity('2', 'шт.'), same('2·шт.'));
    // A word would have to be bent by its number, and the directory has it in one form.
    check(() => quantity('3', 'послуга'), same('3·(послуга)'));
    check(() => quantity('3', 'м²'), same('3·м²'));
    check(() => quantity('0.5', ''), { uk: '0,5', en: '0.5', ru: '0,5' });
  });
  it('part thousands only from five digits', () => {
    check(() => number(2950), same('2950'));
    check(() => number('1234567.25'), { uk: '1·234·567,25', en: '1,234,567.25', ru: '1·234·567,25' });
  });
  it('stand in columns with one precision', () =>
    check(() => column('7', 1), { uk: '7,0', en: '7.0', ru: '7,0' }));
  it('never round a percent up to what is not reached', () => {
    check(() => percent(64.3), { uk: '64·%', en: '64%', ru: '64·%' });
    check(() => percent('99.99'), { uk: '99·%', en: '99%', ru: '99·%' });
  });
  it('weigh files', () => check(() => size(1_460_000), { uk: '1,5·МБ', en: '1.5·MB', ru: '1,5·МБ' }));
  it('are read as people type them', () => {
    expect(['7,5', ' 07.50 ', '-3', '1 200', '0'].map(decimal)).toEqual(['7.5', '7.5', '-3', '1200', '0']);
    expect(['', '7,', 'сім', '1,2,3'].map(decimal)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('money', () => {
  it('is exact to the kopiyka', () => {
    check(() => money({ minor: 348_000, currency: 'UAH' }), {
      uk: '3·480,00·₴',
      en: '₴3,480.00',
      ru: '3·480,00·₴',
    });
    check(() => money({ minor: -5, currency: 'UAH' }), { uk: '-0,05·₴', en: '-₴0.05', ru: '-0,05·₴' });
    check(() => money({ minor: 9_007_199_254_740_991, currency: 'EUR' }), {
      uk: '90·071·992·547·409,91·€',
      en: '€90,071,992,547,409.91',
      ru: '90·071·992·547·409,91·€',
    });
  });
});

describe('dates', () => {
  it('title a day', () => {
    check(() => dayTitle('2026-11-23'), {
      uk: 'Понеділок, 23·листопада',
      en: 'Monday 23·November',
      ru: 'Понедельник, 23·ноября',
    });
  });
  it('are short or whole', () => {
    check(() => shortDate('2026-11-23'), { uk: '23.11', en: '23/11', ru: '23.11' });
    check(() => fullDate('2027-03-14'), { uk: '14.03.2027', en: '14/03/2027', ru: '14.03.2027' });
  });
  it('are called by their nearness', () => {
    const from = (day: string) => relativeDay(day, '2026-12-31');
    expect(['2026-12-31', '2027-01-01', '2026-12-30', '2026-11-02', '2027-02-03'].map(from)).toEqual([
      'сьогодні',
      'завтра',
      'вчора',
      '02.11',
      '03.02.2027',
    ]);
  });
  it('are written whatever they are', () => {
    expect(dayOf('0002-11-28T09:00:00+02:00')).toBe('0002-11-28');
    expect(fullDate('2026-99-99')).toBe('—');
    expect(moment('soon', '2026-11-28')).toBe('—\u00a0—');
  });
  it('hold over the change of the clocks', () => {
    expect(plusDays('2026-10-24', 1)).toBe('2026-10-25');
    expect(plusDays('2026-10-25', 1)).toBe('2026-10-26');
    expect(instantAt('2026-10-26', '09:00')).toBe('2026-10-26T09:00:00+02:00');
    expect(canonical(new Date('2026-07-01T06:00:00Z'))).toBe('2026-07-01T09:00:00+03:00');
  });
});

describe('times', () => {
  it('are of this device’s clock, and windows stay on a line', () => {
    check(() => time('2026-11-23T08:30:00Z'), same('10:30'));
    check(() => timeSpan(WINDOW), same('09:00–11:00'));
    check(() => timeSpan({ from: '2026-11-23T22:00:00+02:00', to: '2026-11-24T02:00:00+02:00' }), {
      uk: '22:00–24.11·02:00',
      en: '22:00–24/11·02:00',
      ru: '22:00–24.11·02:00',
    });
    check(() => windowOnDay(WINDOW, '2026-01-05'), {
      uk: '07.12,·09:00–11:00',
      en: '07/12,·09:00–11:00',
      ru: '07.12,·09:00–11:00',
    });
    check(() => windowOnDay(WINDOW, '2027-01-05'), {
      uk: '07.12.2026,·09:00–11:00',
      en: '07/12/2026,·09:00–11:00',
      ru: '07.12.2026,·09:00–11:00',
    });
    check(() => moment(WINDOW.from, '2026-12-07'), {
      uk: 'сьогодні·09:00',
      en: 'today·09:00',
      ru: 'сегодня·09:00',
    });
  });
  it('take as long as they take', () => {
    check(() => duration(410), { uk: '6·год·50·хв', en: '6·h·50·min', ru: '6·ч·50·мин' });
    check(() => duration(120), { uk: '2·год', en: '2·h', ru: '2·ч' });
    check(() => duration(0), { uk: '0·хв', en: '0·min', ru: '0·мин' });
    check(() => running(72.9), same('1:12'));
    check(() => hours('0.5'), { uk: '0,5·год', en: '0.5·h', ru: '0,5·ч' });
    check(() => hours('3.96'), { uk: '4·год', en: '4·h', ru: '4·ч' });
    check(() => hoursColumn('3.96'), { uk: '4,0', en: '4.0', ru: '4,0' });
    check(() => kilometres(26_400), { uk: '26·км', en: '26·km', ru: '26·км' });
  });
});
