import { afterEach, expect, it, vi } from 'vitest';
import { CallError } from '$lib/backend/backend';
import type { Connection, RelayTrouble, Stage } from '$lib/bindings';
import { m } from '$lib/words';
import { opened } from './opened';

afterEach(() => vi.unstubAllGlobals());

it('tells how much the first sync has brought until it is complete', async () => {
  const coming = { is: 'first_sync', organisation: 'Тепло Сервіс', records: 500, usable: true } as const;
  const { app, tell, close } = opened((call) => (call === 'stage' ? coming : []));
  await expect.poll(() => app.arrived).toBe(500);
  tell({ event: 'stage', stage: { ...coming, records: 12_400 } });
  expect(app.arrived).toBe(12_400);
  tell({
    event: 'stage',
    stage: { is: 'open', organisation: 'Тепло Сервіс', employee: 'one', guarded: true },
  });
  expect(app.arrived).toBeUndefined();
  close();
});

it('says that the office cannot be reached until it can', async () => {
  let connection: Connection = { is: 'off' };
  const { app, tell, close } = opened((call) => {
    if (call === 'stage') return { is: 'open' };
    if (call === 'sync_status') return { connection };
    if (call === 'sync_now') throw new CallError({ code: 'relay', trouble: { what: 'unreachable' } });
    return [];
  });
  await expect.poll(() => app.status).toBeDefined();
  await app.ask('sync_now', {});
  expect(app.toasts.shown.map(({ text }) => text)).toEqual([m.problem_offline()]);
  connection = { is: 'receiving' };
  tell({ event: 'sync', connection });
  await expect.poll(() => app.status?.connection.is).toBe('receiving');
  expect(app.toasts.shown).toHaveLength(1);
  connection = { is: 'in_step' };
  tell({ event: 'sync', connection });
  await expect.poll(() => app.toasts.shown).toEqual([]);
  close();
});

const REFUSALS: [RelayTrouble, () => string][] = [
  [{ what: 'refused', problem: 'clock-skew', retry_after_s: null }, m.problem_clock],
  [{ what: 'refused', problem: 'protocol-not-spoken', retry_after_s: null }, m.problem_other_version],
  [{ what: 'refused', problem: 'signature-wrong', retry_after_s: null }, m.problem_not_recognised],
  [{ what: 'refused', problem: 'workspace-unknown', retry_after_s: null }, m.problem_other_relay],
  [{ what: 'refused', problem: 'busy', retry_after_s: 30 }, m.problem_relay_unable],
  [{ what: 'no_progress' }, m.problem_no_progress],
];

it('says of an exchange that was asked for what is in its way', async () => {
  for (const [trouble, text] of REFUSALS) {
    const { app, close } = opened((call) => {
      if (call === 'sync_now') throw new CallError({ code: 'relay', trouble });
      return call === 'stage' ? { is: 'open' } : [];
    });
    await expect.poll(() => app.stage).toBeDefined();
    await app.ask('sync_now', {});
    expect(app.toasts.shown.map((toast) => toast.text)).toEqual([text()]);
    close();
  }
});

it('asks the office for what is new when the network is back or the window comes to the front', async () => {
  const asked: string[] = [];
  const { close } = opened((call) => {
    asked.push(call);
    return call === 'stage' ? { is: 'open' } : [];
  });
  for (const sign of ['online', 'focus']) {
    asked.length = 0;
    window.dispatchEvent(new Event(sign));
    await expect.poll(() => asked, { message: sign }).toContain('network_returned');
  }
  close();
});

it('takes no answer that comes once the work is locked', async () => {
  let answerMe = (): void => undefined;
  const late = new Promise((answer) => (answerMe = () => answer({ employee: 'one' })));
  const { app, tell, close } = opened((call) => {
    if (call === 'stage') return { is: 'open' };
    return call === 'me' ? late : [];
  });
  await expect.poll(() => app.status).toBeDefined();
  tell({ event: 'stage', stage: { is: 'locked' } as Stage });
  answerMe();
  await late;
  await Promise.resolve();
  expect(app.me).toBeUndefined();
  close();
});
