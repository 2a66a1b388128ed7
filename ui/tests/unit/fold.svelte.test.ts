import { expect, it } from 'vitest';
import { Fold } from '../../src/lib/records/fold.svelte';

it('shows the first lines of a long list until it is opened, and never hides one line alone', () => {
  const fold = new Fold(3);
  expect(fold.shown([1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  expect(fold.shown([1, 2, 3, 4, 5])).toEqual([1, 2, 3]);
  fold.open();
  expect(fold.shown([1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
});
