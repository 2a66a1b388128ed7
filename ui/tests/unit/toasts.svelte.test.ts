import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import ToastRegion from '$lib/components/ToastRegion.svelte';
import { Toasts, type Undone } from '$lib/components/toasts.svelte';

const nothing = (): void => undefined;
/** Everything that follows from what was answered has happened: none of it waits for more than the next turn. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

afterEach(() => vi.useRealTimers());

function onPage(): { toasts: Toasts; go: (to: string) => void; shown: () => string[] } {
  let place = $state('form');
  const toasts = new Toasts(() => place);
  const go = (to: string): void => {
    place = to;
    flushSync();
  };
  return { toasts, go, shown: () => toasts.shown.map(({ text }) => text) };
}

it('leaves the way back beside what went wrong after it', () => {
  const { toasts, shown } = onPage();
  const back = vi.fn();
  toasts.say('Набране відкинуто', back);
  const failed = toasts.say('Не збережено');
  expect(shown()).toEqual(['Набране відкинуто', 'Не збережено']);
  toasts.dismiss(failed);
  expect(shown()).toEqual(['Набране відкинуто']);
  toasts.undo();
  expect(back).toHaveBeenCalledOnce();
  expect(shown()).toEqual([]);
});

it('shows the newest way back alone, and takes back three', () => {
  const { toasts, shown } = onPage();
  const undone: string[] = [];
  for (const text of ['1', '2', '3', '4']) toasts.say(text, () => undone.push(text));
  expect(shown()).toEqual(['4']);
  for (let times = 0; times < 4; times += 1) toasts.undo();
  expect(undone).toEqual(['4', '3', '2']);
  expect(shown()).toEqual([]);
});

it('takes back what was done long ago, the newest first, once, and twenty at most', () => {
  vi.useFakeTimers();
  const { toasts, go, shown } = onPage();
  const undone: number[] = [];
  for (let at = 1; at <= 22; at += 1) toasts.done(`${at}`, () => undone.push(at));
  vi.advanceTimersByTime(3_600_000);
  go('journal');
  expect(shown()).toEqual([]);
  // What was said since and can be taken back itself is newer.
  toasts.say('Набране відкинуто', () => undone.push(0));
  for (let times = 0; times < 23; times += 1) toasts.undo();
  expect(undone).toEqual([0, ...Array.from({ length: 20 }, (_, at) => 22 - at)]);
});

it('takes back by its toast what is not taken back again, and forgets all when the screen is locked', () => {
  const { toasts, shown } = onPage();
  const undone: string[] = [];
  toasts.done('1', () => undone.push('1'));
  toasts.done('2', () => undone.push('2'));
  toasts.takeBack(toasts.shown[0]?.id ?? -1);
  toasts.undo();
  expect(undone).toEqual(['2', '1']);
  toasts.done('3', () => undone.push('3'));
  toasts.forget();
  toasts.undo();
  expect([undone, shown()]).toEqual([['2', '1'], []]);
});

it('says of what was settled that it stands, and takes nothing older back in its place', () => {
  const { toasts, shown } = onPage();
  const back = vi.fn();
  toasts.done('Роботу записано', back);
  toasts.settled('Рішення записано', 'Рішення не скасувати');
  toasts.undo();
  expect(back).not.toHaveBeenCalled();
  expect(shown()).toEqual(['Роботу записано', 'Рішення не скасувати']);
  // Whoever was told goes on to what was done before.
  toasts.undo();
  expect(back).toHaveBeenCalledOnce();
});

it('ends with its page unless it leads back or is of none', () => {
  const { toasts, go, shown } = onPage();
  toasts.say('Вигляд збережено');
  go('journal');
  expect(shown()).toEqual([]);
  toasts.say('Виїзд прийнято', nothing);
  toasts.tell('Вам призначено виїзд');
  go('visit');
  expect(shown()).toEqual(['Виїзд прийнято', 'Вам призначено виїзд']);
});

it('lets go of what was pointed at when it went from the screen, and takes it back no more', () => {
  vi.useFakeTimers();
  const { toasts, go, shown } = onPage();
  const region = mount(ToastRegion, { target: document.body, props: { toasts } });
  flushSync();
  const point = (): void => {
    flushSync();
    document.querySelector('.toast')?.dispatchEvent(new Event('pointerenter'));
  };
  const back = vi.fn();
  toasts.say('Виїзд прийнято', back);
  point();
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['Виїзд прийнято']);
  const newer = toasts.say('Роботу записано', nothing);
  flushSync();
  vi.advanceTimersByTime(60_000);
  flushSync();
  toasts.dismiss(newer);
  toasts.undo();
  expect(back).not.toHaveBeenCalled();

  toasts.say('Вигляд збережено');
  point();
  go('journal');
  vi.advanceTimersByTime(60_000);
  go('form');
  expect(shown()).toEqual([]);
  void unmount(region);
});

it('leads where its words lead, and is gone then', () => {
  const { toasts, shown } = onPage();
  const region = mount(ToastRegion, { target: document.body, props: { toasts } });
  toasts.tell('Є новини', '#/notices');
  flushSync();
  const link = document.querySelector<HTMLAnchorElement>('.toast a');
  expect(link?.getAttribute('href')).toBe('#/notices');
  link?.click();
  expect(shown()).toEqual([]);
  void unmount(region);
});

it('stands again, the newest, when it could not be taken back now', async () => {
  const { toasts, shown } = onPage();
  const older = vi.fn();
  const became: Undone[] = ['stands', 'taken_back'];
  const tries = vi.fn(async () => {
    await Promise.resolve();
    const undone = became.shift() ?? 'never';
    if (undone === 'stands') toasts.say('На пристрої немає місця');
    return undone;
  });
  toasts.done('Роботу записано', older);
  toasts.done('Роботу прибрано', tries);
  toasts.undo();
  await expect.poll(shown).toEqual(['Роботу прибрано', 'На пристрої немає місця']);
  toasts.takeBack(toasts.shown[0]?.id ?? -1);
  await expect.poll(shown).toEqual(['На пристрої немає місця']);
  expect([tries.mock.calls.length, older.mock.calls.length]).toEqual([2, 0]);
  toasts.undo();
  expect(older).toHaveBeenCalledOnce();
});

it('stands again behind what was done since, and nowhere once the screen is locked', async () => {
  const { toasts, shown } = onPage();
  const undone: string[] = [];
  let became: (undone: Undone) => void = nothing;
  const waits = (): Promise<Undone> => {
    undone.push('1');
    return new Promise((resolve) => (became = resolve));
  };
  toasts.done('1', waits);
  toasts.undo();
  toasts.done('2', () => undone.push('2'));
  became('stands');
  await settle();
  expect(shown()).toEqual(['2']);
  toasts.undo();
  toasts.undo();
  expect(undone).toEqual(['1', '2', '1']);
  toasts.forget();
  became('stands');
  await settle();
  toasts.undo();
  expect([undone, shown()]).toEqual([['1', '2', '1'], []]);
});

it('takes back one at a time, and nothing older in the place of what could not be', async () => {
  const { toasts } = onPage();
  const undone: string[] = [];
  const back =
    (text: string, became: Undone = 'taken_back') =>
    async (): Promise<Undone> => {
      undone.push(`${text} begun`);
      await Promise.resolve();
      undone.push(text);
      return became;
    };
  toasts.done('1', back('1'));
  toasts.done('2', back('2', 'never'));
  toasts.done('3', back('3'));
  toasts.done('4', back('4'));
  for (let times = 0; times < 4; times += 1) toasts.undo();
  const three = ['4 begun', '4', '3 begun', '3', '2 begun', '2'];
  await expect.poll(() => undone).toEqual(three);
  await settle();
  expect(undone).toEqual(three);
  toasts.undo();
  await expect.poll(() => undone).toEqual([...three, '1 begun', '1']);
});

/** Taken back when its `end` is called. */
function slow(text: string, undone: string[]) {
  let end: (undone: Undone) => void = nothing;
  const undo = async (): Promise<Undone> => {
    const became = await new Promise<Undone>((resolve) => (end = resolve));
    undone.push(text);
    return became;
  };
  return { undo, end: (became: Undone) => end(became) };
}

it('forgets a press that waited when nothing was left, or something else was done meanwhile', async () => {
  const { toasts } = onPage();
  const undone: string[] = [];
  const first = slow('1', undone);
  toasts.done('1', first.undo);
  for (let presses = 0; presses < 3; presses += 1) toasts.undo();
  first.end('taken_back');
  await settle();
  const [second, third] = [slow('2', undone), slow('3', undone)];
  toasts.done('2', second.undo);
  toasts.done('3', third.undo);
  toasts.undo();
  third.end('taken_back');
  await settle();
  expect(undone).toEqual(['1', '3']);
  toasts.undo();
  toasts.undo();
  toasts.done('4', () => undone.push('4'));
  second.end('taken_back');
  await settle();
  expect(undone).toEqual(['1', '3', '2']);
});

it('shows one way back at a time, also of two that could not be taken back', async () => {
  const { toasts, shown } = onPage();
  const [first, second] = [slow('1', []), slow('2', [])];
  toasts.done('1', first.undo);
  toasts.takeBack(toasts.shown[0]?.id ?? -1);
  toasts.done('2', second.undo);
  toasts.takeBack(toasts.shown[0]?.id ?? -1);
  second.end('stands');
  await settle();
  first.end('stands');
  await settle();
  expect(shown()).toEqual(['2']);
});

it('forgets a press that waited at a decision, which stands', async () => {
  const { toasts } = onPage();
  const undone: string[] = [];
  const [first, second, last] = [slow('1', undone), slow('2', undone), slow('3', undone)];
  toasts.done('1', first.undo);
  toasts.done('2', second.undo);
  toasts.settled('Рішення записано', 'Рішення не скасувати');
  toasts.done('3', last.undo);
  for (let presses = 0; presses < 3; presses += 1) toasts.undo();
  last.end('taken_back');
  await settle();
  toasts.undo();
  second.end('taken_back');
  await settle();
  first.end('taken_back');
  await settle();
  expect(undone).toEqual(['3', '2']);
});
