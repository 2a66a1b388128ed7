/** Where a caret stands in a text that became another one: what is alike before and behind keeps its place. */
export function caretIn(before: string, after: string, caret: number): number {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (caret <= head) return caret;
  if (caret >= before.length - tail) return after.length - (before.length - caret);
  return Math.min(caret, after.length - tail);
}
