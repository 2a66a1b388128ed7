import { expect, it } from 'vitest';
import { meantFirst } from '../../src/routes/meant';

const group = (title: string, ...labels: string[]) => ({ title, items: labels.map((label) => ({ label })) });
const GROUPS = [
  group('Records', 'Customers: All', 'Visits'),
  group('Sections', 'Unassigned visits', 'Visits'),
  group('Views', 'Customers: All', 'Customers: All mine'),
];
/** The groups in their order, each with its first line. */
const first = (text: string): string[] =>
  meantFirst(GROUPS, ['Sections', 'Views'], text).map(({ title, items }) => `${title} ${items[0]?.label}`);

it('goes first to the section or the view of that whole name', () => {
  expect(first(' visits')).toEqual(['Sections Visits', 'Records Customers: All', 'Views Customers: All']);
  expect(first('customers: all')[0]).toBe('Views Customers: All');
});

it('leaves the order alone when only some of the words are there', () => {
  expect(first('visit')).toEqual([
    'Records Customers: All',
    'Sections Unassigned visits',
    'Views Customers: All',
  ]);
});
