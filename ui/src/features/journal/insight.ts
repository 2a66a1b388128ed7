/** Which of the things in a row have room there. */

/**
 * Tells how many of a row's children have room, from the first on, now and whenever that changes, in what holds the
 * row less `kept` pixels for what stands beside it. Those without room must keep their width.
 */
export function insight(kept: number, told: (count: number) => void): (row: HTMLElement) => () => void {
  return (row) => {
    const children = [...row.children] as HTMLElement[];
    const look = (): void => {
      const gap = Number.parseFloat(getComputedStyle(row).columnGap) || 0;
      let left = (row.parentElement?.clientWidth ?? 0) - kept + gap;
      const out = children.findIndex((child) => (left -= child.offsetWidth + gap) < 0);
      told(out < 0 ? children.length : out);
    };
    const watch = new ResizeObserver(look);
    for (const one of [row.parentElement, ...children]) if (one) watch.observe(one);
    return () => watch.disconnect();
  };
}
