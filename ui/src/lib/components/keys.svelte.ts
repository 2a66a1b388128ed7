/** Who has the keys when something opens, and when what had them is gone. */
import { tick, untrack } from 'svelte';

/** What is filled in or chosen from. */
export const FIELDS = ':is(input, textarea, button.control, [role="radio"])';

/**
 * Gives the keys to the first field at a desk; false where there is none. In Field nothing has them: the
 * keyboard of the screen would come up over what is to be read first.
 */
export function focusFirst(within: ParentNode | undefined): boolean {
  const first = within?.querySelector<HTMLElement>(FIELDS);
  if (!first || inField()) return false;
  first.focus();
  return true;
}

/**
 * Gives the keys to what takes the place of what had them, once the page shows it; to the heading where nothing
 * does. Whoever has them keeps them.
 */
export async function passKeys(to: () => Element | null | undefined): Promise<void> {
  await tick();
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const next = to();
  if (next instanceof HTMLElement && next.isConnected && !(inField() && next.matches(TYPED))) next.focus();
  else focusHeading();
}

/** Passes the keys to what takes the place of something else, each time that it comes. While its page is made. */
export function passKeysWhen(there: () => boolean, to: () => Element | null | undefined): void {
  let was = untrack(there);
  $effect(() => {
    const is = there();
    if (is && !was) void passKeys(to);
    was = is;
  });
}

/**
 * Gives the keys to the heading of the page that comes, once it is there. Whoever has them by then keeps them;
 * a page that does not come in ten seconds is not waited for.
 */
export function passKeysToNextPage(): void {
  const before = document.querySelector('h1');
  const seen = new MutationObserver(() => {
    const heading = document.querySelector('h1');
    if (heading === null || heading === before) return;
    end();
    void passKeys(() => null);
  });
  const late = setTimeout(end, 10_000);
  function end(): void {
    clearTimeout(late);
    seen.disconnect();
  }
  seen.observe(document.body, { childList: true, subtree: true });
}

/** What brings up the keyboard of the screen. */
const TYPED = 'input, textarea';

const inField = (): boolean => document.documentElement.dataset.density === 'field';

function focusHeading(): void {
  const heading = document.querySelector('h1');
  if (!heading) return;
  heading.tabIndex = -1;
  // Who reads further down stays there.
  heading.focus({ preventScroll: true });
}
