/**
 * The backend of a browser page that a test harness serves: commands as `POST /command/NAME` with JSON in
 * and out, changes as server-sent events of `/changes`. A refusal is `{ code, detail }` with status 4xx.
 */
import { type Backend, BackendError } from './backend';
import { remote } from './remote';
import type { Change } from './views';

async function answered(command: string, args: Record<string, unknown>): Promise<Response> {
  try {
    return await fetch(`/command/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
  } catch (thrown) {
    throw new BackendError('unreachable', String(thrown));
  }
}

export function bridge(): Backend {
  return remote({
    async call(command, args) {
      const response = await answered(command, args);
      const body: unknown = await response.json();
      if (!response.ok) throw BackendError.from(body);
      return body;
    },
    listen(listener) {
      const events = new EventSource('/changes');
      events.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as Change);
      return () => events.close();
    },
  });
}
