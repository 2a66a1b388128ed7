/** What a colleague changed is marked for a moment where it stands. */
import { tick } from 'svelte';

/** What a change is seen as: the line, the cell or the value that holds it; by itself where nothing does. */
const PART = 'li, dd, td, [role="row"], p, h1, h2, h3, textarea, .fact';
/** More than so many parts are another page and no change of one. */
const MOST = 12;

/** Shows something new, and marks what of the page that made different. */
export async function merged(show: () => void): Promise<void> {
  const page = document.querySelector('main');
  if (!page) {
    show();
    return;
  }
  const texts = new Map([...page.querySelectorAll('textarea')].map((one) => [one, one.value]));
  const changes: MutationRecord[] = [];
  const seen = new MutationObserver((more) => void changes.push(...more));
  seen.observe(page, { subtree: true, childList: true, characterData: true });
  show();
  await tick();
  changes.push(...seen.takeRecords());
  seen.disconnect();
  const typed = [...texts].flatMap(([one, before]) => (one.isConnected && one.value !== before ? one : []));
  const parts = new Set([...changes.flatMap(changed), ...typed].flatMap((one) => one.closest(PART) ?? one));
  if (parts.size <= MOST) parts.forEach(mark);
}

/** The elements that a change of the page put or changed there. */
function changed({ type, target, addedNodes }: MutationRecord): Element[] {
  const nodes = type === 'characterData' ? [target] : [...addedNodes];
  return nodes.flatMap((node) => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.isConnected ? element : [];
  });
}

function mark(part: Element): void {
  part.classList.add('merged');
  part.addEventListener('animationend', () => part.classList.remove('merged'), { once: true });
}
