/** What a form writes, of which most forms have one part. */
import type { Writes } from '$lib/bindings';

export function writes(part: Partial<Writes>): Writes {
  return { set: {}, texts: [], add: [], correct: [], withdraw: [], ...part };
}

/** What was changed in a form since it was opened: the rest is not written over what others wrote meanwhile. */
export function changed<Typed extends object>(before: Typed, now: Typed): Record<string, unknown> {
  const was = new Map<string, unknown>(Object.entries(before));
  const differs = (name: string, value: unknown): boolean =>
    JSON.stringify(was.get(name)) !== JSON.stringify(value);
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => differs(name, value)));
}
