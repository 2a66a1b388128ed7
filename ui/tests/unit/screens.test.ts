/** The list of screens that pictures, axe and the check of cut words go through. */
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/routes/places';
import { PLACES, SCREENS } from '../screens/list';

describe('the list of screens', () => {
  it('names each once', () => {
    const names = SCREENS.map(({ name }) => name);
    expect(names).toHaveLength(new Set(names).size);
  });

  it('has its places under their own names', () => {
    for (const [at, screens] of Object.entries(PLACES)) {
      for (const { path } of screens) if (typeof path === 'string') expect(placeOf(path).at).toBe(at);
    }
  });
});
