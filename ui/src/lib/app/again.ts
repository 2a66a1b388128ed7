/** Work that many things ask for, and that reads everything anew each time it runs. */

/**
 * Runs `work` now, or once more after the run that is under way: a hundred calls at once cost two runs.
 * The answer comes when a run is over that began after the call.
 */
export function again(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    next = undefined;
    const mine = work().finally(() => {
      if (running === mine) running = undefined;
    });
    running = mine;
    return mine;
  };
  return () => {
    if (running === undefined && next === undefined) return run();
    next ??= running?.then(run, run) ?? run();
    return next;
  };
}

/** A change seldom comes alone: a sync brings hundreds, and what counts them all is read once they rest. */
const REST_MS = 300;

/** Runs `work` once nothing has happened for a moment; `told` is told how to say that something did. */
export function onceAtRest(
  told: (happened: () => void) => () => void,
  work: () => Promise<void>,
): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stop = told(() => {
    clearTimeout(resting);
    resting = setTimeout(() => void work(), REST_MS);
  });
  return () => {
    stop();
    clearTimeout(resting);
  };
}
