/**
 * The device behind a browser page that a test harness serves: calls as `POST /call/NAME` with JSON in and
 * out, events as server-sent events of `/events`. A failure comes with status 422.
 */
import type { AppEvent, CallName, Calls } from '$lib/bindings';
import { type Backend, CallError } from './backend';

async function ask<Name extends CallName>(
  name: Name,
  asked: Calls[Name]['asked'],
): Promise<Calls[Name]['answer']> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`/call/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    body = await response.json();
  } catch (thrown) {
    throw CallError.from(thrown);
  }
  if (!response.ok) throw CallError.from(body);
  return body as Calls[Name]['answer'];
}

export function bridge(): Backend {
  return {
    ask,
    listen(listener) {
      const events = new EventSource('/events');
      events.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as AppEvent);
      // What happened while the connection was broken is not told again.
      let broken = false;
      events.onerror = () => (broken = true);
      events.onopen = () => {
        if (broken) listener({ event: 'everything' });
        broken = false;
      };
      return () => events.close();
    },
    // A browser's own address bar is where its links come from, and it says nothing outside of the page.
    links: () => () => undefined,
    // A page of a test harness has no system behind it.
    openLink: () => Promise.resolve(false),
    keepFile: (name, text) => {
      const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
      Object.assign(document.createElement('a'), { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      return Promise.resolve(undefined);
    },
    speak: () => undefined,
  };
}
