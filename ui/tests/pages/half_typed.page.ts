/** Dates and clock times of which a part was erased or not typed yet: they are neither saved nor lost. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DocumentId } from '../../src/lib/bindings';
import { writes } from '../../src/lib/records/writes';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

/** The form of a record at a desk, and how often it was saved. */
async function editing(stage: Stage, path: string): Promise<() => number> {
  let saves = 0;
  stage.page.on('request', (request) => {
    if (request.url().endsWith('/call/edit_record')) saves += 1;
  });
  await stage.open(`${path}/edit`);
  return () => saves;
}

/** A complaint of last week, at twenty past two. */
async function complaint(stage: Stage): Promise<DocumentId> {
  const { customer } = await stage.dispatcher.ask('visit_page', { document: await stage.visit(2) });
  const said = { field: 'description', base_heads: [], base_text: '', new_text: 'Шумить' };
  const about = { customer: customer?.document, complaint_kind: 'failure', severity: 'moderate' };
  const set = { ...about, received_at: '2026-11-17T14:20:00+02:00' };
  const { records } = await stage.dispatcher.ask('create_record', {
    kind: 'complaint',
    writes: writes({ set, texts: [said] }),
  });
  const [made] = records;
  if (!made) throw new Error('no complaint was made');
  return made.document;
}

const desk = (): Promise<Stage> => onStage('morning', { who: 'dispatcher', width: 1366 });
const parts = (stage: Stage, path: string): Locator =>
  stage.page.locator(`[data-path="${path}"]`).getByRole('spinbutton');
const [DAY, HOUR, MINUTE] = [0, 3, 4];

describe('half of a clock time', () => {
  it('is not saved as the whole one that was there before', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await stage.visit(2);
    const { window } = await dispatcher.ask('visit_page', { document });
    const saves = await editing(stage, `/visits/${document}`);
    await parts(stage, 'window').nth(HOUR).press('Backspace');
    await parts(stage, 'window').nth(HOUR).press('Backspace');
    await page.keyboard.press('Control+Enter');
    await stage.sees('Вкажіть дату, початок і кінець.');
    await parts(stage, 'window').nth(HOUR).focus();
    await page.keyboard.type('07');
    await page.getByText('Вкажіть дату, початок і кінець.').waitFor({ state: 'detached' });
    expect(saves()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await stage.sees('Виїзд збережено на пристрої');
    const after = await dispatcher.ask('visit_page', { document });
    expect(after.window).toBe(window?.replace(/T\d\d/, 'T07'));
  });

  it('typed where none was is asked about, and goes with «Без часу»', async () => {
    await using stage = await desk();
    const { page } = stage;
    await stage.open('/visits/new');
    await parts(stage, 'window').nth(HOUR).focus();
    await page.keyboard.type('09');
    await page.getByRole('button', { name: 'Без часу' }).click();
    await page.getByRole('button', { name: 'Без часу' }).waitFor({ state: 'detached' });
    expect(await parts(stage, 'window').nth(HOUR).textContent()).not.toMatch(/\d/);
    expect(await parts(stage, 'window').nth(MINUTE).textContent()).not.toMatch(/\d/);
  });
});

describe('half of a date', () => {
  it('leaves the clock time beside it, and is not saved', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await complaint(stage);
    const before = await dispatcher.ask('complaint_page', { document });
    const saves = await editing(stage, `/complaints/${document}`);
    const day = parts(stage, 'received_at').nth(DAY);
    await day.press('Backspace');
    await day.press('Backspace');
    await page.keyboard.press('Control+Enter');
    await stage.sees('Допишіть до кінця або зітріть.');
    await day.focus();
    await page.keyboard.type('21');
    await page.getByText('Допишіть до кінця або зітріть.').waitFor({ state: 'detached' });
    expect(saves()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await stage.sees('Рекламацію збережено на пристрої');
    const after = await dispatcher.ask('complaint_page', { document });
    expect(after.received_at).toBe(before.received_at?.replace(/-\d\dT/, '-21T'));
  });
});
