import { vi } from 'vitest';
import { App } from '$lib/app/app.svelte';
import type { Backend } from '$lib/backend/backend';
import type { AppEvent } from '$lib/bindings';

/** An app on a device that answers this, and what makes the device tell it something. */
export function opened(answer: (call: string) => unknown): {
  app: App;
  tell: (event: AppEvent) => void;
  close: () => void;
} {
  let tell: (event: AppEvent) => void = () => undefined;
  const backend = {
    ask: async (call: string) => {
      await Promise.resolve();
      return answer(call);
    },
    listen: (heard: (event: AppEvent) => void) => {
      tell = heard;
      return () => undefined;
    },
    links: () => () => undefined,
  };
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const app = new App(backend as unknown as Backend);
  const close = app.open();
  return { app, tell: (event) => tell(event), close };
}
