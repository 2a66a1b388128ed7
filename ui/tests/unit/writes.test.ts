import { expect, it } from 'vitest';
import { changed } from '$lib/records/writes';

it('writes only what was changed in a form, whatever a colleague wrote in the rest meanwhile', () => {
  const opened = { name: 'Мельник', phones: ['+380671234567'], team: '' };
  expect(changed(opened, { name: 'Мельник', phones: [], team: 'team' })).toEqual({
    phones: [],
    team: 'team',
  });
  expect(changed(opened, { ...opened, phones: ['+380671234567'] })).toEqual({});
});
