import { fireEvent, screen } from '@testing-library/svelte';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import Combobox from '$lib/components/Combobox.svelte';
import './sizeless';

let shown: object | undefined;
afterEach(() => shown && unmount(shown));

/** A field for a customer, with one who is chosen, one who is found, and one to be made. */
function customers(value: string) {
  const [onsave, onsearch] = [vi.fn(), vi.fn()];
  const props = $state({
    label: 'Customer',
    value,
    called: value === '' ? '' : 'Bakery',
    choices: [
      { value: 'bakery', label: 'Bakery' },
      { value: 'dairy', label: 'Dairy' },
      { value: 'make', label: 'Make', acts: true },
    ],
    onsave,
    onsearch,
  });
  shown = mount(Combobox, { target: document.body, props });
  flushSync();
  const input = screen.getByRole<HTMLInputElement>('combobox');
  const type = (text: string): Promise<boolean> => fireEvent.input(input, { target: { value: text } });
  const take = async (name: string): Promise<void> => {
    await fireEvent.pointerUp(await screen.findByRole('option', { name }));
  };
  return { props, input, type, take, onsave, onsearch };
}

it.each(['Tab', 'Escape'])(
  'shows who is chosen when its choices close by %s without a choice',
  async (key) => {
    const { input, type, onsave, onsearch } = customers('bakery');
    await type('Dai');
    await screen.findByRole('option', { name: 'Dairy' });
    expect(input.value).toBe('Dai');
    await fireEvent.keyDown(input, { key });
    await expect.poll(() => input.value).toBe('Bakery');
    // All are offered again, not those of the words that are gone.
    expect(onsearch).toHaveBeenLastCalledWith('');
    expect(onsave).not.toHaveBeenCalled();
  },
);

it('does what it offers as often as that is taken, and nobody is chosen by it', async () => {
  const { props, input, type, take, onsave } = customers('');
  for (const times of [1, 2]) {
    await type('Mill');
    await take('Make');
    expect(onsave).toHaveBeenCalledTimes(times);
    expect(onsave).toHaveBeenLastCalledWith('make');
    await expect.poll(() => input.value).toBe('');
  }
  expect(props.value).toBe('');
});

it('closes by the choice that stands already', async () => {
  const { input, type, take, onsave } = customers('bakery');
  await type('Bak');
  await take('Bakery');
  await expect.poll(() => screen.queryByRole('option')).toBeNull();
  expect(input.value).toBe('Bakery');
  expect(onsave).not.toHaveBeenCalled();
});
