import { fireEvent, render, screen } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import NumberField from '$lib/components/NumberField.svelte';
import { locales, speak } from '$lib/words';

it.each(locales)('keeps a large number as it is when one digit of it is changed, in %s', async (locale) => {
  speak(locale);
  const onsave = vi.fn();
  render(NumberField, { label: 'Quantity', value: '12345.5', onsave });
  const field = screen.getByRole<HTMLInputElement>('textbox');
  await fireEvent.input(field, { target: { value: field.value.replace('345', '346') } });
  await fireEvent.blur(field);
  expect(onsave).toHaveBeenLastCalledWith('12346.5');
});
