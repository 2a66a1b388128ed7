import { expect, it } from 'vitest';
import { caretIn } from '../../src/lib/components/caret';

/** The caret is the bar. */
function check(before: string, after: string): void {
  const [text, wanted] = [before.replace('|', ''), after.indexOf('|')];
  expect(caretIn(text, after.replace('|', ''), before.indexOf('|'))).toBe(wanted);
}

it('keeps the caret behind what came before it', () => {
  check('Тиск |у нормі.', 'Оглянуто. Тиск |у нормі.');
});

it('keeps the caret before what came behind it', () => {
  check('Тиск |у нормі.', 'Тиск |у нормі. Ремінь цілий.');
  check('Тиск у нормі.|', 'Тиск у нормі.| Ремінь цілий.');
});

it('keeps the caret within the text where what it stood in is gone', () => {
  check('Тиск у но|рмі, ремінь цілий.', 'Тиск |, ремінь цілий.');
});

it('counts nothing twice where both texts are of one sign', () => {
  check('аа|', 'аа|а');
});
