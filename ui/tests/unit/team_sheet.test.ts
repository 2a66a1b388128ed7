import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { m, speak } from '$lib/words';
import type { Staff, Team } from '../../src/features/staff/staff.svelte';
import TeamSheet from '../../src/features/staff/TeamSheet.svelte';
import WithApp from './WithApp.svelte';
import './sizeless';

const LEADER = { document: 'leader', kind: 'employee', label: 'Мельник', title: 'Мельник' } as const;

beforeEach(() => speak('uk'));

/** The sheet of a team that has a leader. */
function led() {
  const ask = (call: string): Promise<unknown> =>
    Promise.resolve(
      call === 'choices'
        ? [{ link: { ...LEADER, document: 'other', label: 'Бондар' }, parent: null, note: null }]
        : null,
    );
  const app = { ask, toasts: { say: vi.fn() } } as unknown as App;
  const saveTeam = vi.fn();
  const sheet = new OpenSheet(app, 'staff');
  const staff = { sheet, saveTeam } as unknown as Staff;
  const team = { document: 'team', name: 'Київ', leader: LEADER } as unknown as Team;
  render(WithApp<{ staff: Staff; team: Team }>, { app, of: TeamSheet, given: { staff, team } });
  return { leader: screen.getByLabelText<HTMLInputElement>(m.team_leader()), saveTeam };
}

it('takes the leader from a team whose name is deleted', async () => {
  const { leader, saveTeam } = led();
  expect(leader.value).toBe('Мельник');
  await fireEvent.input(leader, { target: { value: '' } });
  await fireEvent.click(screen.getByRole('button', { name: m.save(), hidden: true }));
  expect(saveTeam).toHaveBeenCalledWith(expect.anything(), { name: 'Київ', leader: null });
});

it('keeps what is typed while others are found for it', async () => {
  const { leader } = led();
  await fireEvent.input(leader, { target: { value: 'Бонд' } });
  await screen.findByRole('option', { name: 'Бондар' });
  expect(leader.value).toBe('Бонд');
});
