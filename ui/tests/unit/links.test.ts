import { afterEach, expect, it, vi } from 'vitest';
import { App } from '$lib/app/app.svelte';
import type { Backend, Link } from '$lib/backend/backend';
import type { AppEvent, Kind, Notice, Stage } from '$lib/bindings';
import { m } from '$lib/words';

const OPEN: Stage = { is: 'open', organisation: 'Тепло Сервіс', employee: 'one', guarded: true };
const VISIT = { label: 'V-1', customer: null, window: null };

afterEach(() => vi.unstubAllGlobals());

interface Opened {
  app: App;
  /** Somebody follows a link outside of the page. */
  follow: (link: Link) => void;
  /** The device tells what happens. */
  tell: (event: AppEvent) => void;
  close: () => void;
}

/** An app on a device at this point of its life. */
async function opened(stage: Stage): Promise<Opened> {
  let follow: (link: Link) => void = () => undefined;
  let tell: (event: AppEvent) => void = () => undefined;
  const answers: Record<string, unknown> = {
    stage,
    rescue: null,
    me: {},
    sync_status: { connection: { is: 'off' } },
    notices: [],
  };
  const backend = {
    ask: (call: string) => Promise.resolve(answers[call]),
    listen: (heard: (event: AppEvent) => void) => {
      tell = heard;
      return () => undefined;
    },
    links: (heard: (link: Link) => void) => {
      follow = heard;
      return () => undefined;
    },
  };
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const app = new App(backend as unknown as Backend);
  const close = app.open();
  await expect.poll(() => app.stage).toBe(stage);
  return { app, follow, tell, close };
}

const named = (kind: Kind) => ({ document: 'one', kind, label: 'SC-1', title: 'Чилер' });

const NOWHERE = '#/directories';
const LEADS: [Notice, string][] = [
  [{ is: 'visit_assigned', visit: 'one', now: VISIT }, '#/visits/one'],
  [{ is: 'visit_moved', visit: 'one', from: null, now: VISIT }, '#/visits/one'],
  [{ is: 'decide', document: 'one', name: named('service_card') }, '#/cards/one'],
  [{ is: 'decide', document: 'one', name: named('complaint') }, '#/complaints/one'],
  [{ is: 'decide', document: 'one', name: null }, NOWHERE],
  [{ is: 'not_accepted', document: 'one', name: named('complaint') }, '#/not-accepted'],
  [{ is: 'review', count: 2 }, '#/review'],
  [{ is: 'several', count: 7 }, '#/notices'],
  [{ is: 'sync_halted', by: 'clock' }, '#/settings'],
];

it('leads from a notice to what it is about, and from one about nothing to nowhere', async () => {
  const { follow, close } = await opened(OPEN);
  for (const [notice, leadsTo] of LEADS) {
    location.hash = NOWHERE;
    follow({ is: 'notice', notice });
    expect(location.hash, notice.is).toBe(leadsTo);
  }
  close();
});

it('leads from the words of a notice where the notice leads', async () => {
  const { app, tell, close } = await opened(OPEN);
  for (const [notice, leadsTo] of LEADS) {
    tell({ event: 'notice', notice });
    const href = leadsTo === NOWHERE ? undefined : leadsTo;
    expect(app.toasts.shown.map((toast) => toast.href)).toEqual([href]);
  }
  close();
});

const JOIN = { is: 'join', link: 'halyard://join?relay=…' } as const;
const connected = (): string => m.life_connected({ organisation: 'Тепло Сервіс' });

it('says that a device which has joined has no use for an invitation, once that is known', async () => {
  const { app, follow, tell, close } = await opened({ is: 'locked', by: 'pin', wrong_tries: 0, wait_ms: 0 });
  follow(JOIN);
  expect([app.invitation, app.toasts.shown]).toEqual([JOIN.link, []]);
  tell({ event: 'stage', stage: OPEN });
  expect([app.invitation, app.toasts.shown.map(({ text }) => text)]).toEqual([undefined, [connected()]]);
  close();
});

it('says nothing of an invitation that was used', async () => {
  const { app, follow, tell, close } = await opened({ is: 'new', pin: true, protected: false });
  follow(JOIN);
  expect(app.invitation).toBe(JOIN.link);
  tell({ event: 'stage', stage: OPEN });
  expect(app.toasts.shown).toEqual([]);
  follow(JOIN);
  expect(app.toasts.shown.map(({ text }) => text)).toEqual([connected()]);
  close();
});
