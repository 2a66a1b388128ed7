/** Pages of records as people at a desk see them: everything linked, counts that lead to their lists. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (scene: 'morning' | 'noon' | 'trouble' = 'noon'): Promise<Stage> =>
  onStage(scene, { who: 'dispatcher', width: 1366 });

/** The second visit of the day and what it names. */
async function second(stage: Stage) {
  const visit = await stage.visit(2);
  const { customer, equipment, card } = await stage.dispatcher.ask('visit_page', { document: visit });
  if (!customer || !equipment || !card) throw new Error('the visit names nothing');
  return { visit, customer: customer.document, object: equipment.link.document, card: card.link.document };
}

async function complaint(stage: Stage): Promise<DocumentId> {
  const { visit, customer, object: equipment, card } = await second(stage);
  const set = {
    ...{ visit, customer, equipment, card, channel: 'on_site', received_at: '2026-11-23T11:40:00+02:00' },
    ...{ complaint_kind: 'failure', severity: 'critical' },
  };
  const description = { field: 'description', base_heads: [], base_text: '' };
  const texts = [{ ...description, new_text: 'Компресор зупинився під навантаженням' }];
  const writes = { set, texts, add: [], correct: [], withdraw: [] };
  const { records } = await stage.dispatcher.ask('create_record', { kind: 'complaint', writes });
  const [made] = records;
  if (!made) throw new Error('no complaint was made');
  return made.document;
}

describe('the page of a customer', () => {
  it('shows what is linked, calls with one click, and its counts lead to their lists and back', async () => {
    await using stage = await desk();
    const { customer } = await second(stage);
    await stage.open(`/customers/${customer}`);
    const { page } = stage;
    const call = page.getByRole('link', { name: /^Зателефонувати: Гнатюк/ });
    expect(await call.getAttribute('href')).toBe('tel:+380675550142');
    await page.getByRole('region', { name: 'Об’єкти' }).getByText('до 14.03.2027').waitFor();

    const visits = page.getByRole('region', { name: 'Виїзди', exact: true });
    const count = visits.getByRole('heading').getByRole('link');
    await stage.until(() => count.innerText(), '1');
    await count.focus();
    await page.keyboard.press('Enter');
    await stage.sees('Контрагент: ПрАТ «Молокозавод');
    await stage.until(() => page.getByRole('grid').locator('[role="row"][id]').count(), 1);
    await page.goBack();
    await visits.getByRole('link', { name: /^V-/ }).click();
    await page.getByRole('region', { name: 'Роботи: план і факт' }).waitFor();
  });

  it('is found with its people by the palette, which calls them', async () => {
    await using stage = await desk();
    const { customer } = await second(stage);
    await stage.open(`/customers/${customer}`);
    await stage.page.keyboard.press('Control+KeyK');
    await stage.page.keyboard.type('телефонувати');
    await stage.page.getByRole('option', { name: /^Зателефонувати: Гнатюк/ }).click();
    await stage.sees('Немає програми для дзвінків.');
  });
});

describe('the page of an object', () => {
  it('shows its passport and warranty, its visits, and leads to whose it is', async () => {
    await using stage = await desk();
    const { object } = await second(stage);
    await stage.open(`/objects/${object}`);
    const { page } = stage;
    await page.getByRole('region', { name: 'Паспорт' }).getByText('0817-2214').waitFor();
    const works = page.getByRole('region', { name: 'Виїзди' });
    await works.getByText('ТО-2').waitFor();
    await page
      .getByRole('link', { name: /Молокозавод/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /Молокозавод/ }).waitFor();
    await page.getByRole('region', { name: 'Контакти' }).waitFor();
  });
});

describe('the page of a complaint', () => {
  it('runs its clocks until a step is taken, and asks why before it rejects', async () => {
    await using stage = await desk();
    await stage.open(`/complaints/${await complaint(stage)}`);
    const { page } = stage;
    await stage.sees('Компресор зупинився під навантаженням');
    const running = page.getByText('ще триває');
    await stage.until(() => running.count(), 2);
    await page.getByRole('button', { name: 'Прийняти рекламацію' }).click();
    await stage.until(() => running.count(), 1);
    const steps = page.getByRole('region', { name: 'Що зроблено' });
    await steps.getByRole('row').nth(1).waitFor();

    await page.getByRole('button', { name: 'Інші дії' }).click();
    await page.getByRole('menuitem', { name: 'Відхилити рекламацію' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Не наш об’єкт');
    await page.getByRole('dialog').getByRole('button', { name: 'Відхилити рекламацію' }).click();
    await steps.getByText(/Не наш об’єкт/).waitFor();
    await stage.until(() => running.count(), 0);

    // The history says the same in words, and what is over has no obvious next step.
    await page.getByRole('complementary').getByText('Відхилена, Не наш об’єкт').waitFor();
    expect(await page.locator('.button.primary').count()).toBe(0);
  });
});

describe('a complaint at the desk', () => {
  it('takes actions, what comes back and letters, and an action is done with one click', async () => {
    await using stage = await desk();
    const id = await complaint(stage);
    await stage.open(`/complaints/${id}`);
    const { page } = stage;
    const dialog = stage.dialog();
    const save = async (): Promise<void> => {
      await dialog.getByRole('button', { name: 'Зберегти' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    const write = async (what: string): Promise<void> => {
      await page.getByRole('button', { name: 'Інші дії' }).click();
      await page.getByRole('menuitem', { name: `Записати ${what}` }).click();
    };
    const actions = page.getByRole('region', { name: 'Дії', exact: true });
    await actions.getByRole('button', { name: 'Дія' }).click();
    await dialog.getByLabel('Що зробити', { exact: true }).fill('Замінити прокладку');
    await dialog.getByLabel('Вид дії').click();
    await page.getByRole('option', { name: 'Коригувальна' }).click();
    await save();
    await actions.getByRole('button', { name: 'Виконано: Замінити прокладку' }).click();
    await actions.getByText('23.11.2026').waitFor();

    await write('повернення');
    await dialog.getByLabel('Що повертають').fill('Прокладка');
    await dialog.getByLabel('Кількість').fill('2,5');
    await save();
    const returns = page.getByRole('region', { name: 'Повернення' });
    await returns.getByRole('button', { name: 'Змінити: Прокладка' }).click();
    await dialog.getByLabel('Рішення').click();
    await page.getByRole('option', { name: 'Замінити' }).click();
    await save();
    await returns.getByRole('cell', { name: 'Замінити', exact: true }).waitFor();

    await write('лист контрагентові');
    await dialog.getByLabel('Вид листа').click();
    await page.getByRole('option', { name: 'Підсумкова відповідь' }).click();
    await dialog.getByLabel('Текст').fill('Прокладку замінено');
    // Closed by mistake it comes back with all that was typed.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await stage.undo();
    expect(await dialog.getByLabel('Текст').inputValue()).toBe('Прокладку замінено');
    await save();
    await page
      .getByRole('region', { name: 'Що зроблено' })
      .getByText(/Прокладку замінено/)
      .waitFor();

    const view = await stage.dispatcher.ask('complaint_page', { document: id });
    expect(view.actions.map(({ text, action_kind, done }) => [text, action_kind, done])).toEqual([
      ['Замінити прокладку', 'corrective', '2026-11-23'],
    ]);
    expect(view.returns).toMatchObject([{ item: 'Прокладка', quantity: '2.5', decision: 'replace' }]);
    expect(view.messages).toMatchObject([{ message_kind: 'closing_reply', text: 'Прокладку замінено' }]);
    expect(view.missing).not.toContain('finished_corrective_action');
    // The form holds the same rows.
    await stage.open(`/complaints/${id}/edit`);
    for (const text of ['Замінити прокладку', 'Прокладка', 'Прокладку замінено']) {
      await stage.until(
        () =>
          page
            .locator('.rows :is(input, textarea)')
            .evaluateAll(
              (inputs, wanted) => inputs.some((one) => (one as HTMLInputElement).value === wanted),
              text,
            ),
        true,
      );
    }
  });
});

describe('a row of a complaint', () => {
  it('that was being changed when the window was gone leaves what a colleague wrote in it', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const id = await complaint(stage);
    const row = '019ab000-0000-7000-8000-000000000001';
    const nothing = { set: {}, texts: [], add: [], correct: [], withdraw: [] };
    const edit = async (writes: object): Promise<void> => {
      const { head } = await dispatcher.ask('complaint_page', { document: id });
      const asked = { document: id, seen: head.heads, writes: { ...nothing, ...writes } };
      await dispatcher.ask('edit_record', asked);
    };
    await edit({ add: [{ field: 'actions', row, columns: { text: 'Оглянути', due: '2026-11-24' } }] });
    await stage.open(`/complaints/${id}`);
    await page.getByRole('button', { name: 'Змінити: Оглянути' }).click();
    const text = stage.dialog().getByLabel('Що зробити', { exact: true });
    await text.fill('Оглянути ущільнення');
    const drafts = async (): Promise<string> => JSON.stringify(await dispatcher.ask('drafts'));
    await stage.until(async () => (await drafts()).includes('ущільнення'), true);
    await page.goto('about:blank');
    await edit({ correct: [{ field: 'actions', row, column: 'due', value: '2026-12-01' }] });
    await stage.open(`/complaints/${id}`);
    await stage.until(() => text.inputValue(), 'Оглянути ущільнення');
    await stage.dialog().getByRole('button', { name: 'Зберегти' }).click();
    await stage.dialog().waitFor({ state: 'detached' });
    const { actions } = await dispatcher.ask('complaint_page', { document: id });
    expect(actions).toMatchObject([{ text: 'Оглянути ущільнення', due: '2026-12-01' }]);
  });
});

describe('the page of a visit', () => {
  it('shows plan and fact, a conflict that one click decides, and how it was before', async () => {
    await using stage = await desk('trouble');
    const { visit } = await second(stage);
    await stage.open(`/visits/${visit}`);
    const { page } = stage;
    await page.getByRole('region', { name: 'Чек-лист' }).waitFor();
    await page.getByRole('button', { name: /^Лишити .*11:30/ }).click();
    await stage.sees('Рішення записано');
    await stage.until(() => page.getByRole('button', { name: /^Лишити/ }).count(), 0);
    const window = page.locator('dl').first();
    await window.getByText(/^11:30/).waitFor();
    await page.getByRole('slider', { name: 'Стан на' }).focus();
    await page.keyboard.press('Home');
    await stage.sees('Минуле змінити не можна');
    await window.getByText(/^10:30/).waitFor();
  });
});

describe('a tablet at a desk', () => {
  it('keeps the journals of the office, with the record beside over the rows', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 800 });
    await stage.open('/visits');
    const { page } = stage;
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await page.getByRole('complementary').getByRole('heading').first().waitFor();
    await stage.until(() => page.evaluate(() => document.documentElement.scrollWidth), 800);
  });

  it('has the bar of a journal in one line and the menu of the views whole, in every language', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 800 });
    for (const [locale, groups, columns, views] of [
      ['uk', 'Групи', 'Стовпці', 'Вигляди'],
      ['en', 'Groups', 'Columns', 'Views'],
      ['ru', 'Группы', 'Столбцы', 'Виды'],
    ] as const) {
      await stage.look({ who: 'dispatcher', width: 800, locale });
      await stage.open('/complaints');
      const { page } = stage;
      const box = async (name: string) => {
        const found = await page.getByRole('button', { name, exact: true }).boundingBox();
        if (!found) throw new Error(`there is no ${name}`);
        return { middle: found.y + found.height / 2, end: found.x + found.width };
      };
      const below = async () => {
        const search = await page.getByRole('searchbox').locator('..').boundingBox();
        const line = (search?.y ?? 0) + (search?.height ?? 0) / 2;
        return [(await box(groups)).middle - line, (await box(columns)).middle - line];
      };
      // What comes above the bar moves it down.
      await stage.until(below, [0, 0]);
      const isWhole = async (): Promise<boolean> => {
        const list = await page.getByRole('button', { name: views, exact: true }).locator('..').boundingBox();
        return list !== null && (await box(views)).end <= list.x + list.width;
      };
      await stage.until(isWhole, true);
    }
  });

  it('shows the ready views that have room whole, and has the others in the menu of the views', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 800 });
    await stage.open('/visits');
    const { page } = stage;
    const views = page.getByRole('navigation', { name: 'Вигляди' });
    const last = views.getByRole('button', { name: /^Відкликані/ });
    await last.waitFor({ state: 'hidden' });
    const ends = await views.getByRole('button').evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => {
          const { left, right } = one.getBoundingClientRect();
          return [left, right];
        }),
    );
    const beside = ends.every(([left = 0], at) => left >= (ends[at - 1]?.[1] ?? 0));
    expect([beside, (ends.at(-1)?.[1] ?? Infinity) <= 800]).toEqual([true, true]);

    await views.getByRole('button', { name: 'Вигляди' }).click();
    await page.getByRole('menuitem', { name: /^Відкликані/ }).click();
    await views.getByRole('button', { name: 'Відкликані', exact: true }).waitFor();
    await page.setViewportSize({ width: 1920, height: 1080 });
    await views.getByRole('button', { name: /^Відкликані/, pressed: true }).waitFor();
    await views.getByRole('button', { name: 'Вигляди' }).waitFor();
  });

  it('has the state of its sync within the rail at the density of the field', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1280 });
    await stage.open('/visits');
    const { page } = stage;
    await page.evaluate(() => (document.documentElement.dataset.density = 'field'));
    const isWithin = async (): Promise<boolean> => {
      const rail = await page.locator('nav.rail').boundingBox();
      const chip = await page.locator('nav.rail .chip').boundingBox();
      if (!rail || !chip) return false;
      return chip.x >= rail.x && chip.x + chip.width <= rail.x + rail.width;
    };
    await stage.until(isWithin, true);
  });
});

describe('axe', () => {
  for (const theme of ['light', 'dark']) {
    it(`finds nothing on the pages of a desk in the ${theme} theme`, async () => {
      await using stage = await desk();
      const { visit, customer, object, card } = await second(stage);
      const paths = [
        `/visits/${visit}`,
        `/cards/${card}`,
        `/customers/${customer}`,
        `/objects/${object}`,
        `/complaints/${await complaint(stage)}`,
      ];
      for (const path of paths) {
        await stage.open(path);
        await stage.page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
        await stage.page.getByRole('slider').or(stage.page.getByText('зараз')).first().waitFor();
        expect({ path, found: await axe(stage.page) }).toEqual({ path, found: [] });
      }
    });
  }
});
