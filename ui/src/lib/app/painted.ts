/** What stood on the screen, told once for each kind of page in the browser's own timeline, for whoever measures. */
const told = new Set<string>();

/** Marks `painted day` when what is there now has been drawn: the frame after the next begins then. */
export function painted(what: 'day' | 'journal'): void {
  if (told.has(what)) return;
  told.add(what);
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(`painted ${what}`)));
}
