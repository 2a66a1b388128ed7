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
