import { fireEvent, screen } from '@testing-library/svelte';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import WindowField from '$lib/components/WindowField.svelte';
import type { TimeWindow } from '$lib/format/date';
import { speak } from '$lib/words';
import './sizeless';

const WINDOW = { from: '2026-11-23T10:30:00+02:00', to: '2026-11-23T12:30:00+02:00' };
const OTHER = { from: '2026-11-24T14:00:00+02:00', to: '2026-11-24T16:00:00+02:00' };
/** The last of the three of the date, and the parts behind them. */
const YEAR = 2;
const [HOUR_FROM, MINUTE_FROM, HOUR_TO, MINUTE_TO] = [3, 4, 5, 6];

let shown: object | undefined;
beforeEach(() => speak('uk'));
afterEach(() => shown && unmount(shown));

/** A field on a page that keeps what is saved in it. */
function field(value?: TimeWindow) {
  const props = $state({
    label: 'Вікно',
    value,
    day: '2026-11-23',
    misread: false,
    onsave: (next: TimeWindow) => {
      props.value = next;
    },
    onclear: () => {
      props.value = undefined;
    },
  });
  shown = mount(WindowField, { target: document.body, props });
  flushSync();
  const parts = (): HTMLElement[] => screen.getAllByRole('spinbutton');
  const clock = (): string[] =>
    parts()
      .slice(HOUR_FROM)
      .map((part) => part.textContent);
  async function type(part: number, digits: string): Promise<void> {
    for (const key of digits) await fireEvent.keyDown(parts()[part] ?? document.body, { key });
  }
  return { props, parts, clock, type };
}

it('says that it cannot be read until both ends are typed', async () => {
  const { props, type } = field();
  await type(HOUR_FROM, '09');
  await type(MINUTE_FROM, '00');
  expect(props).toMatchObject({ value: undefined, misread: true });
  await type(HOUR_TO, '11');
  await type(MINUTE_TO, '30');
  const value = { from: '2026-11-23T09:00:00+02:00', to: '2026-11-23T11:30:00+02:00' };
  expect(props).toMatchObject({ value, misread: false });
});

it('shows the window that takes the place of the one that was being typed', async () => {
  const { props, clock, type } = field(WINDOW);
  await type(HOUR_TO, '08');
  expect(props).toMatchObject({ value: WINDOW, misread: true });
  props.value = OTHER;
  flushSync();
  expect(clock()).toEqual(['14', '00', '16', '00']);
  expect(props.misread).toBe(false);
});

it('shows the window that takes the place of the one that was typed', async () => {
  const { props, clock, type } = field(WINDOW);
  await type(HOUR_TO, '13');
  expect(props.value?.to).toBe('2026-11-23T13:30:00+02:00');
  props.value = WINDOW;
  flushSync();
  expect(clock()).toEqual(['10', '30', '12', '30']);
});

it('is left without a window by its button, with nothing of what was typed', async () => {
  const { props, clock, type } = field(WINDOW);
  await type(HOUR_TO, '08');
  await fireEvent.click(screen.getByRole('button', { name: 'Без часу' }));
  expect(props).toMatchObject({ value: undefined, misread: false });
  expect(clock()).toEqual(['––', '––', '––', '––']);
  expect(screen.queryByRole('button', { name: 'Без часу' })).toBeNull();
});

it('writes nothing of a year until it is typed whole', async () => {
  const { props, parts, type } = field(WINDOW);
  for (const digit of '202') {
    await type(YEAR, digit);
    expect(props).toMatchObject({ value: WINDOW, misread: true });
  }
  expect(parts()[YEAR]?.textContent).toBe('0202');
  await type(YEAR, '7');
  const value = { from: '2027-11-23T10:30:00+02:00', to: '2027-11-23T12:30:00+02:00' };
  expect(props).toMatchObject({ value, misread: false });
});

it('says that a year left half typed cannot be read', async () => {
  const { props, parts, type } = field(WINDOW);
  await type(YEAR, '2');
  await fireEvent.focusOut(parts()[YEAR] ?? document.body);
  expect(props).toMatchObject({ value: WINDOW, misread: true });
  expect(parts()[YEAR]?.textContent).toBe('0002');
});

it('stands there with a window of any year', () => {
  const { props } = field({ from: '0002-11-28T09:00:00+02:02', to: '0002-11-28T11:00:00+02:02' });
  expect(props.misread).toBe(true);
});

it('stands there with a window that is none', () => {
  const { props, clock } = field({ from: '2026-99-99T09:00:00+02:00', to: 'soon' });
  expect(clock()).toEqual(['––', '––', '––', '––']);
  expect(props.misread).toBe(true);
});
