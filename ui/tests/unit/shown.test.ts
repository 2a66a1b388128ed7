/** Values of a form where they may only be read. */
import { beforeEach, expect, it } from 'vitest';
import type { Linked } from '$lib/bindings';
import { speak } from '$lib/words';
import { shown } from '../../src/features/form/shown';
import type { FieldSpec } from '../../src/features/form/spec';

const TODAY = '2026-11-23';
const SPECIALISTS = { name: 'specialists', control: { is: 'links', of: 'employees' } } as FieldSpec;

beforeEach(() => speak('uk'));

it('names the people of a list, and says that nobody is in it only when that is so', () => {
  const people = ['Коваленко Андрій', 'Бондар Олена'].map((title): Linked => ({
    document: title,
    kind: 'employee',
    label: title,
    title,
  }));
  const ids = people.map(({ document }) => document);
  expect(shown('visit', SPECIALISTS, ids, people, TODAY)).toBe('Коваленко Андрій, Бондар Олена');
  expect(shown('visit', SPECIALISTS, [], [], TODAY)).toBe('порожньо');
});
