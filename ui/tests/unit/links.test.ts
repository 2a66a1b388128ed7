import { afterEach, expect, it, vi } from 'vitest';
import { App } from '$lib/app/app.svelte';
import type { Backend, Link } from '$lib/backend/backend';
import type { Kind, Notice, Stage } from '$lib/bindings';

const OPEN: Stage = { is: 'open', organisation: 'Тепло Сервіс', employee: 'one', guarded: true };
const VISIT = { label: 'V-1', customer: null, window: null };

afterEach(() => vi.unstubAllGlobals());

/** An app on a device at this point of its life, and what follows a link outside of its page. */
async function opened(stage: Stage): Promise<{ app: App; follow: (link: Link) => void; close: () => void }> {
  let follow: (link: Link) => void = () => undefined;
  const backend = {
    ask: (call: string) => Promise.resolve(call === 'stage' ? stage : []),
    listen: () => () => undefined,
    links: (heard: (link: Link) => void) => {
      follow = heard;
      return () => undefined;
    },
  };
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const app = new App(backend as unknown as Backend);
  const close = app.open();
  await expect.poll(() => app.stage).toBe(stage);
  return { app, follow, close };
}

const named = (kind: Kind) => ({ document: 'one', kind, label: 'SC-1', title: 'Чилер' });

const LEADS: [Notice, string][] = [
  [{ is: 'visit_assigned', visit: 'one', now: VISIT }, '#/visits/one'],
  [{ is: 'visit_moved', visit: 'one', from: null, now: VISIT }, '#/visits/one'],
  [{ is: 'decide', document: 'one', name: named('service_card') }, '#/cards/one'],
  [{ is: 'decide', document: 'one', name: named('complaint') }, '#/complaints/one'],
  [{ is: 'decide', document: 'one', name: null }, '#/settings'],
  [{ is: 'not_accepted', document: 'one', name: named('complaint') }, '#/not-accepted'],
  [{ is: 'several', count: 7 }, '#/notices'],
  [{ is: 'update' }, '#/settings'],
];

it('leads from a notice to what it is about, and from one about nothing to nowhere', async () => {
  const { follow, close } = await opened(OPEN);
  for (const [notice, leadsTo] of LEADS) {
    location.hash = '#/settings';
    follow({ is: 'notice', notice });
    expect(location.hash, notice.is).toBe(leadsTo);
  }
  close();
});
