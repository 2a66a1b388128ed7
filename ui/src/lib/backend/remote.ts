/** The backend over something that calls a command by name and tells of changes: window or bridge. */
import { type Backend, BackendError } from './backend';
import type { Change } from './views';

/** How commands and their answers travel. */
export interface Transport {
  call: (command: string, args: Record<string, unknown>) => Promise<unknown>;
  listen: (listener: (change: Change) => void) => () => void;
}

async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function remote({ call, listen }: Transport): Backend {
  async function ask<Answer>(command: string, args: Record<string, unknown> = {}): Promise<Answer> {
    try {
      // The bindings are generated from the Rust answers, so this is where their types are taken on trust.
      return (await call(command, args)) as Answer;
    } catch (thrown) {
      throw BackendError.from(thrown);
    }
  }
  return {
    me: () => ask('me'),
    status: () => ask('status'),
    day: (date) => ask('day', { date }),
    visit: (id) => ask('visit', { id }),
    workKinds: () => ask('work_kinds'),
    setTaken: (date, item, taken) => ask('set_taken', { date, item, taken }),
    act: (visit, act, reason) => ask('act', { visit, act, reason }),
    addWork: (visit, work) => ask('add_work', { visit, work }),
    answer: (visit, item, answer) => ask('answer', { visit, item, answer }),
    setFindings: (visit, base, text) => ask('set_findings', { visit, base, text }),
    addPhoto: async (visit, file, caption) =>
      ask('add_photo', { visit, caption, mediaType: file.type, bytes: await base64(file) }),
    withdraw: (visit, field, row) => ask('withdraw', { visit, field, row }),
    putAway: (envelope) => ask('put_away', { envelope }),
    onChange: listen,
  };
}
