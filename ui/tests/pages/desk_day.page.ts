/** Today, as a desk looks at it: everybody's visits by who goes, what waits, and the way to each. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

describe("a desk's today", () => {
  it('shows who is to go where, follows what happens, and gives what nobody has yet first', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    const { visits } = await stage.technician.ask('today', {});
    const me = await stage.technician.ask('me', {});
    await stage.open('/today');
    const lane = page.getByRole('region', { name: me.employee.title });
    const jobs = lane.getByRole('listitem');
    await stage.until(() => jobs.count(), visits.length);
    await lane.getByText(`0 з ${visits.length}`).waitFor();
    expect(await axe(page)).toEqual([]);

    // What is nobody's any more stands first, without a touch.
    const first = await stage.visit(1);
    await dispatcher.ask('edit_records', { documents: [await stage.visit(2)], set: { specialists: [] } });
    const loose = page.getByRole('region', { name: 'Виїзди без виконавця' });
    await loose.getByRole('listitem').first().waitFor();
    expect(await page.locator('.lane').first().getAttribute('aria-label')).toBe('Виїзди без виконавця');
    await stage.until(() => jobs.count(), visits.length - 1);

    // What waits is counted here as in the rail, and leads there.
    const waits = page.getByRole('navigation', { name: 'Чекає на вас' });
    await waits.getByRole('link', { name: /Виїзди без виконавця/ }).waitFor();

    await jobs.getByRole('link').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(first));
    await page.goBack();
    await page.getByRole('link', { name: 'У журналі' }).click();
    await page.getByRole('grid').waitFor();
    await page.locator('[data-view="today"][aria-pressed="true"]').waitFor();
    await stage.until(() => page.getByRole('grid').getByRole('row').count(), visits.length + 1);
  });
});
