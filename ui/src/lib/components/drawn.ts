/**
 * When what is there now stands on the screen, as the frame after the next one begins; at once where nobody sees it.
 * What may come later is done then, and holds up no first frame.
 */
export function drawn(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}
