import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import type { VisitPage } from '$lib/bindings';
import { stepOf } from '$lib/visits/step';
import { m, speak } from '$lib/words';
import ActionBar from '../../src/features/visit/ActionBar.svelte';
import type { VisitScreen } from '../../src/features/visit/visit.svelte';
import './sizeless';

beforeEach(() => speak('uk'));

it('offers on a paused visit one way to finish it, beside what else may be done', async () => {
  const visitScreen = {
    step: stepOf('resumed'),
    others: ['completed', 'completed_partly', 'cannot_complete'],
    steps: { waits: false },
    edits: true,
    complains: true,
  } as unknown as VisitScreen;
  const visit = { phase: 'under_way', missing: [] } as unknown as VisitPage;
  render(ActionBar, { screen: visitScreen, visit });
  await fireEvent.keyDown(screen.getByRole('button', { name: m.other_actions() }), { key: 'Enter' });
  const items = await screen.findAllByRole('menuitem');
  expect(items.map((item) => item.textContent.trim())).toEqual([
    m.step_finish(),
    m.cannot_complete(),
    m.edit(),
    m.complaint_new(),
  ]);
});
