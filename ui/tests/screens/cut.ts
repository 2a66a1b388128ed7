/** Words that find no room, one line each: cut by their box, beside their row, or outside of the window. */
import type { Page } from 'playwright-core';

export async function cut(page: Page): Promise<string[]> {
  // What floats finds its place a few frames after what it shows has come.
  for (let tries = 0; tries < 20 && (await cutNow(page)).length > 0; tries += 1)
    await page.waitForTimeout(100);
  return cutNow(page);
}

function cutNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Takes no words away: it is scrolled to, or meant to end with an ellipsis, or nothing to read. */
    const fine =
      '.clip, .clip-lines, .avatar, .hidden-label, svg, [aria-hidden="true"], textarea, script, style';
    const scrolls = (one: Element): boolean => {
      for (let box = one.parentElement; box; box = box.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1)
          return true;
      }
      return false;
    };
    const says = (one: Element): boolean =>
      one.matches('input') ||
      [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
    const why = (one: Element): string | undefined => {
      const box = one.getBoundingClientRect();
      if (box.width === 0 || !one.checkVisibility({ visibilityProperty: true })) return undefined;
      // Inline text has no box of its own: what holds it is asked.
      // What was typed into a field moves with its caret; what is only listened to is a pixel wide.
      const typed = one instanceof HTMLInputElement && one.value !== '';
      if (!typed && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1) return 'is cut';
      const hides = getComputedStyle(one).overflowY === 'hidden' || one.matches('button');
      if (hides && one.clientHeight > 1 && one.scrollHeight > one.clientHeight + 2) return 'is cut below';
      if (scrolls(one)) return undefined;
      if (box.right > innerWidth + 1 || box.left < -1) return 'is outside of the window';
      const row = one.closest('.line, li, header')?.getBoundingClientRect();
      return row && box.right > row.right + 1 ? 'is outside of its row' : undefined;
    };
    return [...document.body.querySelectorAll('*')].flatMap((one) => {
      if (one.closest(fine) || !says(one)) return [];
      const reason = why(one);
      const words = one instanceof HTMLInputElement ? one.value || one.placeholder : one.textContent;
      return reason ? [`${one.tagName}.${one.className} ${reason}: ${words.trim().slice(0, 60)}`] : [];
    });
  });
}
