/** A dispatcher's day with the keys alone: what a mouse does, the keyboard does, and the focus is always somewhere. */
import { describe, expect, it } from 'vitest';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const press = async (stage: Stage, ...keys: string[]): Promise<void> => {
  for (const key of keys) await stage.page.keyboard.press(key);
};

describe('what was done', () => {
  it('is taken back step by step when its toast is long gone and the page another one', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, sees, administrator } = stage;
    await stage.open('/directories');
    const rows = page.getByRole('grid').getByRole('row');
    for (const at of [1, 2]) {
      await rows.nth(at).click();
      await page.getByRole('complementary').getByRole('button', { name: 'Більше не пропонувати' }).click();
      await rows.nth(at).filter({ hasText: 'Не пропонується' }).waitFor();
    }
    const offered = async (): Promise<number> =>
      (await administrator.ask('choices', { of: { directory: 'work_kind' } })).length;
    const few = await offered();
    const name = await rows.nth(2).getByRole('gridcell').first().innerText();
    await page.getByRole('navigation').first().getByRole('link', { name: 'Контрагенти' }).click();
    await page.getByRole('heading', { level: 1, name: 'Контрагенти' }).waitFor();
    await page.clock.fastForward(60_000);
    await page.locator('.toast').waitFor({ state: 'detached' });

    // A field that is typed in has an undo of its own.
    await page.getByRole('searchbox').first().fill('липки');
    await press(stage, 'Control+KeyZ');
    await page.locator('[role="grid"]').focus();
    expect(await offered()).toBe(few);
    await press(stage, 'Control+KeyZ');
    await sees(`Повернуто як було: «${name.trim()}»`);
    await stage.until(offered, few + 1);
    await press(stage, 'Control+KeyZ');
    await stage.until(offered, few + 2);
  });
});

describe("the office's day", () => {
  it('needs no mouse, from the journal to the last undo', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    const grid = page.getByRole('grid');
    const selected = grid.locator('[aria-selected="true"]');
    await stage.open('');
    await page.locator('[role="grid"]:focus').waitFor();

    // Filter: only what has been sent to technicians.
    await stage.reach(page.getByRole('button', { name: /^Умова$/ }));
    await press(stage, 'Enter');
    // A menu takes the keys only after it can be seen.
    await page.getByRole('menuitem').and(page.locator(':focus')).waitFor();
    const condition = page.getByRole('menuitem', { name: 'Стан', exact: true });
    for (
      let steps = 0;
      steps < 12 && (await condition.and(page.locator(':focus')).count()) === 0;
      steps += 1
    ) {
      await press(stage, 'ArrowDown');
    }
    await press(stage, 'Enter');
    await page.getByRole('dialog').locator('input:focus').waitFor();
    await page.keyboard.type('Призначений');
    await page.locator('[role="option"][data-selected]', { hasText: 'Призначений' }).waitFor();
    await press(stage, 'Enter', 'Escape');
    await sees('Стан: Призначений');

    // Open a visit and come back to the same row.
    await stage.reach(grid);
    await press(stage, 'ArrowDown', 'Enter');
    await page.getByRole('button', { name: /^Назад/ }).waitFor();
    await stage.reach(page.getByRole('button', { name: /^Назад/ }));
    await press(stage, 'Enter');
    await sees('Стан: Призначений');
    await selected.waitFor();

    // Assign it to somebody else, in place.
    await page.locator('[role="grid"]:focus').waitFor();
    await press(stage, 'KeyE');
    await page.getByRole('dialog', { name: 'Виконавці' }).locator('input:focus').waitFor();
    await page.keyboard.type('Бондар');
    await page.locator('[role="option"][data-selected]', { hasText: 'Бондар' }).waitFor();
    await press(stage, 'Enter');
    await stage.reach(page.getByRole('button', { name: /^Призначити/ }));
    await press(stage, 'Enter');
    await sees('Змінено 1 запис');
    await grid.getByText(/Бондар/).waitFor();

    // Move two at once by a week.
    await page.locator('[role="grid"]:focus').waitFor();
    await press(stage, 'Home', 'Shift+ArrowDown');
    await sees('Обрано 2 записи');
    await stage.reach(page.getByLabel('Підсумок і клавіші').getByRole('button', { name: 'Час' }));
    await press(stage, 'Enter');
    const later = page.getByRole('option', { name: 'На тиждень пізніше' });
    await later.waitFor();
    await page.getByRole('dialog').locator('input:focus').waitFor();
    await page.keyboard.type('пізніше');
    for (let steps = 0; steps < 6 && (await later.getAttribute('data-selected')) === null; steps += 1) {
      await press(stage, 'ArrowDown');
    }
    await press(stage, 'Enter');
    await sees('Змінено 2 записи');

    // Another record by the palette, and from there back to the journal.
    await press(stage, 'Control+KeyK');
    await page.getByRole('dialog').locator('input:focus').waitFor();
    await page.keyboard.type('липки');
    await page.locator('[role="option"][data-selected]', { hasText: /Липки-7/ }).waitFor();
    await press(stage, 'Enter');
    await page.getByRole('heading', { level: 1, name: /Липки-7/ }).waitFor();

    // What was done last is taken back, and what was done before it.
    await press(stage, 'Control+KeyZ');
    await sees('Повернуто як було');
    await press(stage, 'Control+KeyZ');
    const people = async (): Promise<number> => {
      const { rows } = await stage.dispatcher.ask('journal', {
        ...{ kind: 'visit', columns: ['specialists'], filters: [], sort: [], search: null, show: 'standing' },
        page: { after: null, limit: 50 },
      });
      return rows.filter(({ cells }) => JSON.stringify(cells).includes('Бондар')).length;
    };
    await stage.until(people, 0);
  });
});
