/**
 * What a gloved hand would miss in the Field shell, one line each. A target has a core of 48 px that is hit,
 * and 8 px lie between the cores of neighbours: rows of 56 px may follow one another without a gap.
 */
import type { Page } from 'playwright-core';

/** ui.md: what a finger hits, and what lies between two of them, in CSS pixels. */
const CORE = 48;
const BETWEEN = 8;

export function missed(page: Page): Promise<string[]> {
  return page.evaluate(
    ([core, between]) => {
      interface Target {
        one: Element;
        left: number;
        right: number;
        top: number;
        bottom: number;
      }
      /** What is scrolled under a bar is scrolled out from under it. */
      const scroller = (one: Element): Element | null => {
        for (let box = one.parentElement; box; box = box.parentElement)
          if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
        return null;
      };
      const floats = (one: Element): boolean => {
        for (let box: Element | null = one; box; box = box.parentElement)
          if (/fixed|sticky/.test(getComputedStyle(box).position)) return true;
        return false;
      };
      const HIT =
        'a[href], button:not(:disabled), input:not([type="hidden"], :disabled), textarea, summary, ' +
        '[role="option"], [role^="menuitem"], [role="spinbutton"]';
      const shown = (one: Element): boolean =>
        one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        one.closest('[inert], [aria-hidden="true"]') === null;
      /** A link amid the words of a sentence is as high as its line. */
      const amidWords = (one: Element): boolean =>
        getComputedStyle(one).display === 'inline' &&
        [...(one.parentElement?.childNodes ?? [])].some(
          (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
        );
      /** A mark to tick is hit by its words too; what is only listened to has no size of its own. */
      const hit = (one: Element): Element =>
        one instanceof HTMLInputElement && /checkbox|radio/.test(one.type)
          ? (one.closest('label') ?? one)
          : one;
      const area = (one: Element): Target => {
        const box = one.getBoundingClientRect();
        const target = { one, left: box.left, right: box.right, top: box.top, bottom: box.bottom };
        // What is drawn small may be hit around it.
        for (const part of ['::before', '::after']) {
          const style = getComputedStyle(one, part);
          if (style.content === 'none' || style.position !== 'absolute' || style.pointerEvents === 'none')
            continue;
          target.left -= Math.max(0, -parseFloat(style.left) || 0);
          target.right += Math.max(0, -parseFloat(style.right) || 0);
          target.top -= Math.max(0, -parseFloat(style.top) || 0);
          target.bottom += Math.max(0, -parseFloat(style.bottom) || 0);
        }
        return target;
      };
      const named = ({ one, ...box }: Target): string => {
        const words = (one.getAttribute('aria-label') ?? one.textContent).trim().replace(/\s+/g, ' ');
        return `${one.tagName}.${one.className} “${words.slice(0, 40)}” ${Math.round(box.right - box.left)}×${Math.round(box.bottom - box.top)}`;
      };
      /** How far the cores of two lie from each other along one axis; a target smaller than a core ends where it ends. */
      const gap = (from: number, to: number, next: number, end: number): number => {
        const spare = (size: number): number => Math.max(0, size - core) / 2;
        return Math.max(next - to, from - end) + spare(to - from) + spare(end - next);
      };

      if (document.documentElement.dataset.density !== 'field') return [];
      // Under an open sheet nothing else is to be hit.
      const sheets = [...document.querySelectorAll('[role="dialog"], dialog[open], [role="menu"]')].filter(
        shown,
      );
      const root = sheets.at(-1) ?? document.body;
      const targets = [
        ...new Set(
          [...root.querySelectorAll(HIT)]
            .filter((one) => shown(one) && !amidWords(one))
            .map((one) => hit(one)),
        ),
      ]
        .map((one) => area(one))
        .filter(({ left, right, top, bottom }) => right - left > 2 && bottom - top > 2);
      const small = targets.flatMap((target) =>
        target.right - target.left < core - 0.5 || target.bottom - target.top < core - 0.5
          ? [`is small: ${named(target)}`]
          : [],
      );
      const close = targets.flatMap((a, index) =>
        targets.slice(index + 1).flatMap((b) => {
          if (a.one.contains(b.one) || b.one.contains(a.one)) return [];
          if (scroller(a.one) !== scroller(b.one) || floats(a.one) !== floats(b.one)) return [];
          const across = gap(a.left, a.right, b.left, b.right);
          const down = gap(a.top, a.bottom, b.top, b.bottom);
          return Math.max(across, down) < between - 0.5 ? [`are too close: ${named(a)} and ${named(b)}`] : [];
        }),
      );
      return [...small, ...close];
    },
    [CORE, BETWEEN] as const,
  );
}
