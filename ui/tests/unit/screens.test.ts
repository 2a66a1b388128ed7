/** The list of screens that pictures, axe and the check of cut words go through. */
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/routes/places';
import { PLACES, SCREENS } from '../screens/list';
import { type RecordPlace, RECORDS } from '../screens/records';
import { type State, themesOf } from '../screens/screen';

const STATES: readonly State[] = ['usual', 'empty', 'many', 'conflict', 'not accepted', 'no right'];

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

  it.each(Object.keys(RECORDS) as RecordPlace[])(
    'has the page of a %s in every state in both shells',
    (at) => {
      const shown = PLACES[at].map((screen) => {
        const shell = themesOf(screen).includes('sunlight') ? 'field' : 'office';
        return `${shell}: ${screen.state}`;
      });
      const wanted = ['field', 'office'].flatMap((shell) => STATES.map((state) => `${shell}: ${state}`));
      expect(wanted.filter((one) => !shown.includes(one))).toEqual([]);
    },
  );
});
