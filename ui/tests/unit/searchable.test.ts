import { expect, it } from 'vitest';
import { holdsWords, searchable } from '$lib/format/searchable';

it('brings spellings of one thing together, as the index of the device does', () => {
  for (const text of ['п’ятниця', "п'ятниця", 'пʼятниця', 'П`ЯТНИЦЯ', 'п‘ятниця'])
    expect(searchable(text)).toBe('пятниця');
  expect(searchable('Ґанок і Ёлка')).toBe('ганок і елка');
  expect(searchable('Конди\u00adціонер')).toBe('кондиціонер');
  expect(searchable('Ки\u0438\u0306в')).toBe('кийв');
  expect(searchable('за\u0301мок')).toBe('замок');
  expect(searchable('  П’ять \u00a0 мін ')).toBe('пять мін');
});

it('keeps the marks that tell short names apart', () => {
  expect(searchable('%')).not.toBe(searchable('‰'));
  expect(searchable('Їжак і йод')).toBe('їжак і йод');
});

it('finds every word wherever it stands, and everything where none is typed', () => {
  expect(holdsWords('Огляд об’єкта, п’ять точок', "п'ять об'єкт")).toBe(true);
  expect(holdsWords('Огляд об’єкта', 'огляд будинку')).toBe(false);
  expect(holdsWords('Огляд', ' ')).toBe(true);
});
