import { beforeEach, expect, it } from 'vitest';
import { warrantyLook } from '$lib/components/look';
import { warrantyText } from '$lib/format/warranty';
import { speak } from '$lib/words';

const LAST_DAY = '2023-05-23';

beforeEach(() => speak('uk'));

it('holds on its last day still', () => {
  expect(warrantyText(LAST_DAY, LAST_DAY)).toBe('гарантія до 23.05.2023');
  expect(warrantyLook(LAST_DAY, LAST_DAY).word).toBe('до 23.05.2023');
});

it('that has ended is not told as if it held, in a sentence and in a table', () => {
  expect(warrantyText(LAST_DAY, '2023-05-24')).toBe('гарантія закінчилась 23.05.2023');
  expect(warrantyLook(LAST_DAY, '2023-05-24').word).toBe('закінчилась 23.05.2023');
});

it('that nobody knows is not told', () => {
  expect(warrantyText(null, LAST_DAY)).toBe('');
});
