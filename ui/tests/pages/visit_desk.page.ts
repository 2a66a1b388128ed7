/** What the office does with a visit on its page at the desk: sends, looks through, closes, cancels, writes. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId, VisitPage, Writes } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const NOTHING: Writes = { set: {}, texts: [], add: [], correct: [], withdraw: [] };

/** The dispatcher at the desk, with everything the technician did so far. */
async function atDesk(): Promise<Stage> {
  const stage = await onStage('noon', { who: 'dispatcher', width: 1366 });
  await stage.meet();
  return stage;
}

const asOffice = (stage: Stage, document: DocumentId): Promise<VisitPage> =>
  stage.dispatcher.ask('visit_page', { document });
const asTechnician = (stage: Stage, document: DocumentId): Promise<VisitPage> =>
  stage.technician.ask('visit_page', { document });

const primary = (stage: Stage) => stage.page.locator('.button.primary');
/** The button for the next step, once it does not wait. */
const ready = (stage: Stage) => stage.page.locator('.button.primary:not([aria-disabled])');
const button = (stage: Stage, name: RegExp | string) => stage.page.getByRole('button', { name });

/** How many steps this window wanted to take from now on. */
function stepsTaken({ page }: Stage): () => number {
  let taken = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/call/take_visit_step')) taken += 1;
  });
  return () => taken;
}

/** What was pressed before has been heard when the palette is there. */
async function openPalette({ page }: Stage): Promise<void> {
  await page.keyboard.press('Control+KeyK');
  await page.locator('.palette input').waitFor();
}

async function choose(stage: Stage, step: string): Promise<void> {
  await button(stage, 'Інші дії').click();
  await stage.page.getByRole('menuitem', { name: step }).click();
}

describe('the steps of the office', () => {
  it('look through, close and reopen work that is done, by button, keys and palette', async () => {
    await using stage = await atDesk();
    const { page, sees } = stage;
    const visit = await stage.visit(1);
    await stage.open(`/visits/${visit}`);
    await button(stage, /^Позначити перевіреним/).click();
    await sees('Виїзд перевірено');
    await button(stage, /^Закрити виїзд/).waitFor();
    await page.keyboard.press('Control+Enter');
    await sees('Виїзд закрито');
    await stage.until(() => primary(stage).count(), 0);
    await stage.undo();
    await button(stage, /^Закрити виїзд/).waitFor();

    await page.keyboard.press('Control+KeyK');
    await page.keyboard.type('закрити виїзд');
    await page.getByRole('option', { name: /Закрити виїзд.*Ctrl\+Enter/ }).waitFor();
    await page.keyboard.press('Enter');
    await stage.until(async () => (await asTechnician(stage, visit)).state, 'closed');
    await stage.until(() => primary(stage).count(), 0);
    expect(await axe(page)).toEqual([]);

    await page.keyboard.press('Alt+KeyO');
    await sees('Виїзд знову відкрито');
    await stage.until(async () => (await asTechnician(stage, visit)).primary?.act, 'travel_started');
    await page.getByRole('complementary').getByText('Відкрити знову').waitFor();
  });

  it('are taken one at a time, however long a key is held or how often a button is clicked', async () => {
    await using stage = await atDesk();
    const { page } = stage;
    const visit = await stage.visit(1);
    const steps = async () => (await asOffice(stage, visit)).steps.slice(-2).map(({ act }) => act);
    const before = await steps();
    const back = async (): Promise<void> => {
      await stage.undo();
      await stage.until(steps, before);
      await button(stage, /^Позначити перевіреним/).waitFor();
    };
    const said = page.getByRole('status').getByRole('button', { name: 'Скасувати' });
    /** Presses while no time passes, however slow the machine: the wait after a step lasts until all is pressed. */
    const press = async (first: () => Promise<void>, again: () => Promise<void>): Promise<void> => {
      await said.waitFor({ state: 'detached' });
      await ready(stage).waitFor();
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
      await first();
      // The step is written: what holds the others is the wait after it.
      await said.waitFor();
      await again();
      await page.clock.resume();
      // What is taken back is the last step: a second one would still stand.
      await back();
    };
    const hold = (): Promise<void> => page.keyboard.down('Enter');
    const held = async (): Promise<void> => {
      for (let times = 0; times < 3; times += 1) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
    };
    await stage.open(`/visits/${visit}`);
    await button(stage, /^Позначити перевіреним/).waitFor();
    await page.keyboard.down('Control');
    await press(hold, async () => {
      await held();
      await page.keyboard.up('Control');
    });
    await ready(stage).focus();
    await press(hold, held);
    // Each click looks where the button stands.
    const click = (): Promise<void> => primary(stage).click({ force: true });
    await press(click, click);
  });

  it('cancel with a reason that the technician reads, and take it back', async () => {
    await using stage = await atDesk();
    const { page, sees, dialog } = stage;
    const visit = await stage.visit(3);
    await stage.open(`/visits/${visit}`);
    await stage.until(() => primary(stage).count(), 0);
    await choose(stage, 'Скасувати виїзд');
    // Beside what cancels the visit nothing else is called so.
    await dialog().getByRole('button', { name: 'Не скасовувати' }).waitFor();
    expect(await dialog().getByRole('button', { name: 'Скасувати', exact: true }).count()).toBe(0);
    await dialog().getByRole('button', { name: 'Скасувати виїзд' }).click();
    await sees('Напишіть причину');
    await dialog().getByRole('textbox').fill('Замовник переніс зупинку');
    // The window is gone in the middle of it, and the reason is there again.
    const drafts = async (): Promise<string> => JSON.stringify(await stage.dispatcher.ask('drafts'));
    await stage.until(async () => (await drafts()).includes('переніс зупинку'), true);
    await page.reload();
    await stage.until(() => dialog().getByRole('textbox').inputValue(), 'Замовник переніс зупинку');
    await dialog().getByRole('button', { name: 'Скасувати виїзд' }).click();
    await sees('Виїзд скасовано');
    const told = async () => {
      const { state, steps } = await asTechnician(stage, visit);
      return [state, steps.at(-1)?.reason];
    };
    await stage.until(told, ['cancelled', 'Замовник переніс зупинку']);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('Control+KeyZ');
    await stage.until(async () => (await told())[0], 'dispatched');
  });

  it('find somebody for a visit nobody goes to, and send it', async () => {
    await using stage = await atDesk();
    const { page, sees, technician } = stage;
    const { customer, window, specialists } = await asOffice(stage, await stage.visit(3));
    const set = { customer: customer?.document, window };
    const made = await stage.dispatcher.ask('create_record', { kind: 'visit', writes: { ...NOTHING, set } });
    const visit = made.records[0]?.document ?? '';
    await stage.open(`/visits/${visit}`);
    await button(stage, /^Призначити виконавців/).click();
    await page.locator('[data-path="specialists"] input:focus').waitFor();
    await page.goBack();
    const people = { specialists: specialists.map(({ document }) => document) };
    await stage.dispatcher.ask('edit_records', { documents: [visit], set: people });
    await button(stage, /^Надіслати виконавцям/).click();
    await sees('Виїзд надіслано виконавцям');
    await stage.until(async () => (await asOffice(stage, visit)).state, 'dispatched');
    await stage.until(
      async () => (await technician.ask('today', {})).visits.map(({ link }) => link.document).includes(visit),
      true,
    );
    await choose(stage, 'Надіслати ще раз');
    await stage.until(
      async () => (await asOffice(stage, visit)).steps.map(({ act }) => act),
      ['dispatched', 'dispatched'],
    );
  });

  it('are not offered to who may only read, nor the texts', async () => {
    await using stage = await atDesk();
    const { page, administrator, dispatcher } = stage;
    const visit = await stage.visit(1);
    await stage.open(`/visits/${visit}`);
    await button(stage, /^Позначити перевіреним/).waitFor();
    await page.getByRole('textbox', { name: 'Висновки' }).waitFor();
    const { roles } = await dispatcher.ask('me', {});
    const set = { service: { reach: 'all', write: [] }, abilities: [] };
    await administrator.ask('edit_records', { documents: roles.map(({ document }) => document), set });
    await administrator.online(true);
    await stage.until(() => primary(stage).count(), 0);
    await stage.until(() => page.getByRole('textbox').count(), 0);
    expect(await button(stage, 'Інші дії').count()).toBe(0);
    const taken = stepsTaken(stage);
    await page.keyboard.press('Control+Enter');
    await openPalette(stage);
    expect(taken()).toBe(0);
    expect((await asOffice(stage, visit)).state).toBe('completed');
  });
});

describe('findings and recommendations at the desk', () => {
  it('join what the technician writes meanwhile, and are saved when the page is left', async () => {
    await using stage = await atDesk();
    const { page, technician } = stage;
    const visit = await stage.visit(2);
    await stage.open(`/visits/${visit}`);
    const findings = page.getByRole('textbox', { name: 'Висновки' });
    const { head, findings: written } = await asTechnician(stage, visit);
    await stage.until(() => findings.inputValue(), written);
    await technician.online(false);
    await technician.ask('edit_text', {
      document: visit,
      field: 'findings',
      base_heads: head.heads,
      base_text: written,
      new_text: `${written} Від техніка.`,
    });
    await findings.press('Control+Home');
    await page.keyboard.type('Від офісу. ');
    await technician.online(true);
    const both = `Від офісу. ${written} Від техніка.`;
    await stage.until(() => findings.inputValue(), both);
    await stage.until(async () => (await asTechnician(stage, visit)).findings, both);

    // What joins before the place somebody stands at takes that place along.
    await findings.press('Control+Home');
    for (let steps = 0; steps < 3; steps += 1) await findings.press('ArrowRight');
    const { head: heads } = await asTechnician(stage, visit);
    await technician.ask('edit_text', {
      document: visit,
      field: 'findings',
      base_heads: heads.heads,
      base_text: both,
      new_text: `Терміново! ${both}`,
    });
    await stage.until(() => findings.inputValue(), `Терміново! ${both}`);
    const caret = (): Promise<number> =>
      findings.evaluate((box) => (box instanceof HTMLTextAreaElement ? box.selectionStart : -1));
    await stage.until(caret, 'Терміново! Від'.length);

    // What is typed when the page is left is not left behind.
    await page.getByRole('textbox', { name: 'Рекомендації' }).fill('Замінити підшипники');
    await button(stage, 'Назад').click();
    await stage.until(async () => (await asTechnician(stage, visit)).recommendations, 'Замінити підшипники');
  });

  it('keep the keys of the page for themselves while somebody types', async () => {
    await using stage = await atDesk();
    const visit = await stage.visit(1);
    await stage.open(`/visits/${visit}`);
    const taken = stepsTaken(stage);
    await stage.page.getByRole('textbox', { name: 'Рекомендації' }).press('Control+Enter');
    await openPalette(stage);
    expect(taken()).toBe(0);
    expect((await asOffice(stage, visit)).state).toBe('completed');
  });
});

describe('a page that somebody else changes', () => {
  it('marks what is different for a moment, and nothing for the office’s answer to own work', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    await stage.meet();
    const { page, technician, dispatcher } = stage;
    const visit = await stage.visit(2);
    await stage.open(`/visits/${visit}`);
    await page.evaluate(() => {
      const marked = ((window as unknown as { marked: string[] }).marked = []) as string[];
      const watch = { subtree: true, attributes: true, attributeFilter: ['class'] };
      new MutationObserver((changes) => {
        for (const { target } of changes)
          if (target instanceof Element && target.classList.contains('merged'))
            marked.push(target.textContent);
      }).observe(document.body, watch);
    });
    const marked = () => page.evaluate(() => (window as unknown as { marked: string[] }).marked);

    const write = { ...NOTHING, set: { duration_minutes: 95 } };
    const { head } = await asOffice(stage, visit);
    await dispatcher.ask('edit_record', { document: visit, seen: head.heads, writes: write });
    await stage.until(async () => (await dispatcher.ask('sync_status')).unsent, 0);
    expect(await marked()).toEqual([]);

    await technician.ask('take_visit_step', { visit, act: 'travel_started' });
    await stage.until(marked, ['У дорозі']);
  });
});

describe('photos of a visit', () => {
  it('say whose device they are on', async () => {
    await using stage = await atDesk();
    await stage.openVisit(2);
    await stage.sees('На пристрої автора: Коваленко А. П.');
  });
});
