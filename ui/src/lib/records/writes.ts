/** What a form writes, of which most forms have one part. */
import type { Writes } from '$lib/bindings';

export function writes(part: Partial<Writes>): Writes {
  return { set: {}, texts: [], add: [], correct: [], withdraw: [], ...part };
}
