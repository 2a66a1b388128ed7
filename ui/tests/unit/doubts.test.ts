import { expect, it } from 'vitest';
import { FORMS } from '../../src/features/form/specs';
import { fieldsOf } from '../../src/features/form/values';
import { speak } from '$lib/words';

const TODAY = '2026-11-28';

it('doubts a year that was typed wrong', () => {
  speak('en');
  const says = (kind: 'visit' | 'equipment', name: string, value: string): string | undefined =>
    fieldsOf(FORMS[kind])
      .find((field) => field.name === name)
      ?.doubts?.(value, TODAY);
  const planned = (year: string) =>
    says('visit', 'window', `${year}-11-30T09:00:00+02:00/${year}-11-30T11:00:00+02:00`);
  expect(['1900', '2025', '2026', '2027', '2037'].map(planned)).toEqual([
    'More than a year ago. Check the year.',
    undefined,
    undefined,
    undefined,
    'More than ten years ahead. Check the year.',
  ]);
  const installed = (day: string) => says('equipment', 'installed', day);
  expect(['1949-12-31', '1950-01-01', TODAY, '2026-11-29'].map(installed)).toEqual([
    'Before 1950. Check the year.',
    undefined,
    undefined,
    'This date has not come yet. Check the year.',
  ]);
});
