/** Work that many things ask for, and that reads everything anew each time it runs. */

/** Runs `work` now, or once more after the run that is under way: a hundred calls at once cost two runs. */
export function again(work: () => Promise<void>): () => Promise<void> {
  let [running, asked] = [false, false];
  return async () => {
    asked = true;
    if (running) return;
    running = true;
    try {
      while (asked) {
        asked = false;
        await work();
      }
    } finally {
      running = false;
    }
  };
}
