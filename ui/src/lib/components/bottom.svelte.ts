/**
 * What stands at the bottom edge of the window and must stay in reach: the next step, the sections, the foot of a
 * table. Whatever floats there stands above it.
 */
import type { Attachment } from 'svelte/attachments';

export class BottomBar {
  /** In pixels; 0 where the page itself goes down to the edge. */
  height = $state(0);

  /** Keeps the height true for as long as what floats is there: the page below it may become another. */
  readonly measured: Attachment = () => {
    let asked = 0;
    const measure = (): void => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => (this.height = heightNow()));
    };
    const pages = new MutationObserver(measure);
    pages.observe(document.body, { childList: true, subtree: true });
    window.addEventListener('resize', measure);
    this.height = heightNow();
    return () => {
      cancelAnimationFrame(asked);
      pages.disconnect();
      window.removeEventListener('resize', measure);
    };
  };
}

function heightNow(): number {
  const tops = [...document.querySelectorAll('footer, nav')]
    .map((one) => one.getBoundingClientRect())
    .filter(({ top, bottom }) => bottom > innerHeight - 2 && top > innerHeight / 2)
    .map(({ top }) => top);
  return innerHeight - Math.min(innerHeight, ...tops);
}
