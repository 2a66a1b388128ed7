/**
 * Links out of the app: telephone, mail, map, web pages. The window stays where it is and the system opens
 * them; where it has no program for one, the person is left with what the link leads to.
 */
import type { Backend } from '$lib/backend/backend';
import type { Toasts } from '$lib/components/toasts.svelte';
import { m } from '$lib/words';

const NO_PROGRAM: Readonly<Record<string, () => string>> = {
  'tel:': m.no_program_calls,
  'mailto:': m.no_program_mail,
  'geo:': m.no_program_map,
  'https:': m.no_program_web,
  'http:': m.no_program_web,
};

/** The middle button, as events count: it presses a link too, by an event of its own. */
const MIDDLE = 1;

/** Has the system open a link; when it cannot, says so, with the number or address on the clipboard. */
export async function follow(link: string, backend: Backend, toasts: Toasts): Promise<void> {
  if (await backend.openLink(link)) return;
  const { protocol } = new URL(link);
  const what = protocol.startsWith('http') ? link : decodeURI(link.slice(protocol.length));
  const missing = NO_PROGRAM[protocol]?.() ?? m.no_program_web();
  toasts.say(`${missing} ${(await copied(what)) ? m.copied_what({ what }) : what}`);
}

/** Calls `follow` with every link out of the app that is pressed, until the answer is called. */
export function watchLinks(follow: (link: string) => void): () => void {
  const pressed = (event: MouseEvent): void => {
    if (event.type === 'auxclick' && event.button !== MIDDLE) return;
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]');
    if (!link || !leadsOut(link)) return;
    event.preventDefault();
    follow(link.href);
  };
  document.addEventListener('click', pressed);
  document.addEventListener('auxclick', pressed);
  return () => {
    document.removeEventListener('click', pressed);
    document.removeEventListener('auxclick', pressed);
  };
}

function leadsOut({ protocol, host }: HTMLAnchorElement): boolean {
  return protocol in NO_PROGRAM && !(protocol === location.protocol && host === location.host);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
