// Uses the journal that stands on the screen as a hand does, and tells how long its frames took, in milliseconds.
// Run by the measuring of the window: `arguments` are a cell's column to take words from, and whoever waits.
const [column, done] = arguments;
const FRAMES = 240;
const STEP = 96;
const REST = 300;
const PATIENCE = 30_000;

const grid = () => document.querySelector('[role="grid"]');
const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
const rest = () => new Promise((rested) => setTimeout(rested, REST));
const rows = () => [...document.querySelectorAll('[role="grid"] [role="row"][id]')].slice(0, 20);
const text = () => rows().map((row) => row.textContent).join('\n');

/** From what a hand does until other rows are drawn. */
async function until(what, act) {
  const before = text();
  const began = performance.now();
  act();
  while (text() === before) {
    await frame();
    if (performance.now() - began > PATIENCE) throw new Error(`the same rows stand there after ${what}`);
  }
  // This frame is on the screen when the next one begins.
  await frame();
  const took = performance.now() - began;
  await rest();
  return took;
}

/** The longest frame of a wheel that never rests. */
async function scrolled() {
  let longest = 0;
  let last = await frame();
  for (let turn = 0; turn < FRAMES; turn += 1) {
    grid().scrollTop += STEP;
    const now = await frame();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
}

const view = (name) => document.querySelector(`[data-view="${name}"]`);

function type(words) {
  const field = document.querySelector('input[type="search"]');
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function measured() {
  await rest();
  const [overdue, all] = ['overdue', 'all'].map(view);
  all.click();
  await rest();
  const scroll = await scrolled();
  await rest();
  grid().scrollTop = 0;
  await rest();
  const filters = [];
  for (const one of [overdue, all, overdue, all]) filters.push(await until(one.dataset.view, () => one.click()));
  const cells = document.querySelectorAll(`[role="gridcell"][data-column="${column}"]`);
  // The longest word of a name is the one that tells it from others: the last may be an initial.
  const longest = (words) => words.reduce((one, other) => (other.length > one.length ? other : one), '');
  const words = [...cells].map((cell) => longest(cell.textContent.match(/\p{L}+/gu) ?? [])).filter(Boolean);
  const searches = [];
  for (const word of words.slice(0, 4)) {
    const part = word.slice(0, 5);
    searches.push(await until(`typing ${part}`, () => type(part)));
    await until(`taking ${part} out`, () => type(''));
  }
  if (searches.length === 0) throw new Error('no words to search for stand there');
  return {
    window_scroll_longest_ms: scroll,
    window_filter_ms: Math.max(...filters),
    window_search_ms: Math.max(...searches),
  };
}

measured().then(done, (error) => done({ failed: String(error) }));
