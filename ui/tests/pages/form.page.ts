/** The forms of records: made and edited by keys at the desk and by taps in the field. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId } from '../../src/lib/bindings';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const desk = (): Promise<Stage> => onStage('morning', { who: 'dispatcher', width: 1366 });

/** From a journal to its form by N. */
async function begin(stage: Stage, journal: string, title: string): Promise<void> {
  const { page } = stage;
  await stage.open(journal);
  await page.getByRole('link', { name: title }).waitFor();
  await page.keyboard.press('KeyN');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.locator('.form-field :is(input, textarea, [role="radio"]):focus').waitFor();
}

/** What is typed into, chosen or pressed under that name. */
function control({ page }: Stage, name: string): Locator {
  const called = new RegExp(`^${name}( \\*)?$`);
  const form = page.locator('.form');
  const kinds = form.locator('input, textarea, button, [role="radio"]');
  return form
    .getByLabel(called)
    .or(form.getByRole('button', { name: called }))
    .and(kinds)
    .first();
}

/** On by Tab to the field of that name. */
async function tabTo(stage: Stage, name: string): Promise<void> {
  const field = control(stage, name);
  for (let steps = 0; steps < 80; steps += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) return;
    await stage.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${name}`);
}

/** Types words into the combobox that has the keys and takes the choice that fits. */
async function pick(stage: Stage, words: string, option: RegExp): Promise<void> {
  const { page } = stage;
  await page.keyboard.type(words);
  await page.getByRole('option', { name: option }).first().waitFor();
  // What is offered to be made has the words too.
  const unlike = option.source.startsWith('Створити') ? {} : { hasNotText: 'Створити' };
  const pointed = page.locator('[role="option"][data-highlighted]', { hasText: option, ...unlike });
  const frame = (): Promise<unknown> => page.evaluate(() => new Promise(requestAnimationFrame));
  const gone = { state: 'hidden', timeout: 3_000 } as const;
  // Later finds may take the place of the one that is pointed at: then it is pointed at again.
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await pointed.count()) === 0) {
      await page.keyboard.press('ArrowDown');
      await frame();
    } else {
      await page.keyboard.press('Enter');
      const closing = page.getByRole('listbox').waitFor(gone);
      const taken = await closing.then(
        () => true,
        () => false,
      );
      if (taken) return;
    }
  }
  throw new Error(`nothing is taken for ${words}`);
}

async function saved(stage: Stage, said: string): Promise<void> {
  await stage.page.keyboard.press('Control+Enter');
  await stage.sees(said);
}

/** The record whose page or form is shown. */
const shown = (stage: Stage): DocumentId => /[0-9a-f-]{36}/.exec(stage.page.url())?.[0] ?? '';

async function customer(stage: Stage, words: string): Promise<DocumentId> {
  const [found] = await stage.dispatcher.ask('choices', { of: 'customers', text: words });
  if (!found) throw new Error(`no customer is found by ${words}`);
  return found.link.document;
}

describe('a customer', () => {
  it('is made by keys, with what is wrong said beside the field, and people in rows', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/customers', 'Новий контрагент');
    await page.keyboard.type('ТОВ «Криниця»');
    await tabTo(stage, 'ЄДРПОУ');
    await page.keyboard.type('14360571');
    await stage.sees('Контрольна цифра не збігається');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('0');
    await stage.until(() => page.getByText('Контрольна цифра не збігається').count(), 0);
    await tabTo(stage, 'Телефони');
    await page.keyboard.type('067 555 44 33');
    await tabTo(stage, 'Контактна особа');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Сорока');
    await saved(stage, 'Контрагента збережено на пристрої');
    await page.getByRole('heading', { level: 1, name: /Криниця/ }).waitFor();
    const view = await stage.dispatcher.ask('customer_page', { document: shown(stage) });
    expect(view).toMatchObject({
      registry_code: '14360570',
      phones: ['+380675554433'],
      contacts: [{ name: 'Сорока' }],
    });
  });

  it('that is there already is named, and that one is a step away', async () => {
    await using stage = await desk();
    const { page } = stage;
    const document = await customer(stage, 'Молокозавод');
    const { name } = await stage.dispatcher.ask('customer_page', { document });
    await begin(stage, '/customers', 'Новий контрагент');
    await page.keyboard.type(name ?? '');
    await page.getByRole('region', { name: 'Можливо, це вже є' }).waitFor();
    await page.getByRole('link', { name: 'Відкрити цей запис' }).click();
    await stage.until(() => Promise.resolve(shown(stage)), document);
  });

  it('half typed is there after the window was closed, and is thrown away and brought back', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/customers', 'Новий контрагент');
    await page.keyboard.type('ТОВ «Недописане»');
    await stage.keptDraft('ТОВ «Недописане»');
    await page.reload();
    const name = page.getByLabel('Назва *');
    await stage.until(() => name.inputValue(), 'ТОВ «Недописане»');
    await page.keyboard.press('Escape');
    await stage.open('/create');
    await stage.sees('ТОВ «Недописане»');
    await page.getByRole('button', { name: 'Відкинути' }).click();
    await stage.until(() => page.getByText('ТОВ «Недописане»').count(), 0);
    await page.getByRole('status').getByRole('button', { name: 'Скасувати' }).last().click();
    await page.getByRole('link', { name: 'Продовжити' }).click();
    await stage.until(() => name.inputValue(), 'ТОВ «Недописане»');
  });

  it('edited by two shows what the other wrote beside what is typed', async () => {
    await using stage = await desk();
    const { page } = stage;
    const document = await customer(stage, 'Молокозавод');
    await stage.open(`/customers/${document}`);
    await page.getByRole('link', { name: 'Змінити' }).click();
    const site = page.getByLabel('Сайт');
    await site.fill('tetirev.example');
    await site.blur();
    const writes = { set: { website: 'moloko.example' }, texts: [], add: [], correct: [], withdraw: [] };
    await stage.dispatcher.ask('edit_record', { document, seen: [], writes });
    await stage.sees('Поки ви писали, тут стало: moloko.example');
    // Nobody is moved by it who reads further down.
    expect(await page.locator(':focus').count()).toBe(0);
    await page.getByRole('button', { name: 'Узяти нове' }).click();
    await stage.until(() => site.inputValue(), 'moloko.example');
  });
});

describe('a form', () => {
  it('takes its own last step back by Ctrl+Z, and not what was saved before', async () => {
    await using stage = await desk();
    const { page } = stage;
    const document = await customer(stage, 'Молокозавод');
    await stage.open(`/customers/${document}`);
    await page.getByRole('link', { name: 'Змінити' }).click();
    const site = page.getByLabel('Сайт');
    await site.fill('moloko.example');
    await saved(stage, 'Контрагента збережено на пристрої');
    const undone: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/call/undo')) undone.push(request.url());
    });
    await page.getByRole('link', { name: 'Змінити' }).click();
    await site.fill('tetirev.example');
    await page.getByRole('button', { name: 'Відкинути' }).focus();
    await page.keyboard.press('Control+KeyZ');
    await stage.until(() => site.inputValue(), 'moloko.example');
    await site.fill('syr.example');
    await saved(stage, 'Контрагента збережено на пристрої');
    expect(undone).toEqual([]);
  });

  it('that was saved can be filled in again by whoever goes forward to it in the history', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await customer(stage, 'Молокозавод');
    const website = async () => (await dispatcher.ask('customer_page', { document })).website;
    await stage.open(`/customers/${document}`);
    await page.getByRole('link', { name: 'Змінити' }).click();
    const site = page.getByLabel('Сайт');
    for (const text of ['moloko.example', 'syr.example']) {
      await site.fill(text);
      await page.keyboard.press('Control+Enter');
      await stage.until(website, text);
      await page.getByRole('link', { name: 'Змінити' }).waitFor();
      await page.goForward();
      await stage.until(() => site.inputValue(), text);
    }
  });
});

describe('an object', () => {
  it('is made by keys, and one with the same serial number is named', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/objects', 'Новий об’єкт');
    await page.keyboard.type('Насос підживлення');
    await tabTo(stage, 'Серійний номер');
    await page.keyboard.type('0817-2214');
    await page.getByRole('region', { name: 'Можливо, це вже є' }).getByText(/ВК-22/).waitFor();
    await page.keyboard.type('-Б');
    await tabTo(stage, 'Контрагент');
    await pick(stage, 'Молокозавод', /Молокозавод/);
    // The two fields of a meter have the room of its line to themselves.
    await page.getByRole('button', { name: 'Лічильник', exact: true }).click();
    const hasRoom = async (): Promise<boolean> => {
      const meter = await page.getByLabel('Що рахує').boundingBox();
      const group = await page.getByRole('group', { name: 'Лічильник 1' }).boundingBox();
      return meter !== null && group !== null && meter.width > 0.4 * group.width;
    };
    await stage.until(hasRoom, true);
    await page.getByRole('button', { name: /Прибрати.*Лічильник 1/ }).click();
    await saved(stage, 'Об’єкт збережено на пристрої');
    const { brief, customer: whose } = await stage.dispatcher.ask('equipment_page', {
      document: shown(stage),
    });
    expect(brief).toMatchObject({ name: 'Насос підживлення', serial: '0817-2214-Б' });
    expect(whose?.title).toMatch(/Молокозавод/);
  });
});

describe('a card', () => {
  it('is made by keys, for a customer who is made in passing', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/cards', 'Нова картка');
    await pick(stage, 'Нова пекарня', /Створити «Нова пекарня»/);
    const sheet = page.getByRole('dialog', { name: 'Новий контрагент' });
    await sheet.getByLabel('Назва *').waitFor();
    await stage.until(() => sheet.getByLabel('Назва *').inputValue(), 'Нова пекарня');
    // The window is gone in the middle of it, and both are there again: the form and what is made for it.
    await sheet.getByLabel('ЄДРПОУ').fill('32855961');
    await stage.keptDraft('32855961');
    await page.reload();
    await stage.until(() => sheet.getByLabel('ЄДРПОУ').inputValue(), '32855961');
    expect(await sheet.getByLabel('Назва *').inputValue()).toBe('Нова пекарня');
    await page.keyboard.press('Control+Enter');
    await stage.sees('Контрагента збережено на пристрої');
    await tabTo(stage, 'Предмет');
    await page.keyboard.type('Піч ротаційна');
    await saved(stage, 'Картку збережено на пристрої');
    const card = await stage.dispatcher.ask('card_page', { document: shown(stage) });
    expect(card.customer?.title).toBe('Нова пекарня');
    expect(card.subject).toBe('Піч ротаційна');
  });
});

describe('a visit', () => {
  it('is made by keys on a card, which says for whom', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/visits', 'Новий виїзд');
    await pick(stage, 'ТО-2', /ТО-2/);
    await stage.until(() => control(stage, 'Контрагент').inputValue(), 'ПрАТ «Молокозавод “Тетерів”»');
    // Whoever took the card has the keys on it still.
    expect(await control(stage, 'Картка').evaluate((card) => card === document.activeElement)).toBe(true);
    await tabTo(stage, 'Вказівки диспетчера');
    await page.keyboard.type('Узяти драбину');
    await saved(stage, 'Виїзд збережено на пристрої');
    const visit = await stage.dispatcher.ask('visit_page', { document: shown(stage) });
    expect(visit.instructions).toBe('Узяти драбину');
    expect(visit.customer?.title).toMatch(/Молокозавод/);
  });

  it('goes on over midnight when somebody says that it does', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/visits', 'Новий виїзд');
    await pick(stage, 'ТО-2', /ТО-2/);
    const parts = page.locator('.window').getByRole('spinbutton');
    const [HOUR_FROM, HOUR_TO, DAY_TO] = [3, 5, 5];
    await parts.nth(HOUR_FROM).focus();
    await page.keyboard.type('2200');
    await parts.nth(HOUR_TO).focus();
    await page.keyboard.type('0200');
    await stage.sees('Кінець має бути пізніше за початок');
    await page.getByRole('button', { name: 'Закінчується наступного дня' }).press('Enter');
    await page.getByText('Кінець має бути пізніше за початок').waitFor({ state: 'detached' });
    expect(await parts.nth(DAY_TO).textContent()).toBe('24');
    await saved(stage, 'Виїзд збережено на пристрої');
    const { window } = await stage.dispatcher.ask('visit_page', { document: shown(stage) });
    expect(window).toBe('2026-11-23T22:00:00+02:00/2026-11-24T02:00:00+02:00');
    await stage.sees('22:00\u2060–\u206024.11\u00a002:00');
  });
});

describe('a number', () => {
  it('that cannot be read is said to be none, and does not erase the one that was there', async () => {
    await using stage = await desk();
    const { page, dispatcher } = stage;
    const document = await stage.visit(2);
    const planned = async () => (await dispatcher.ask('visit_page', { document })).duration_minutes;
    const before = await planned();
    expect(before).toBeGreaterThan(0);
    const saves: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/call/edit_record')) saves.push(request.postDataJSON());
    });
    await stage.open(`/visits/${document}/edit`);
    const field = page.locator('[data-path="duration_minutes"] input');
    await stage.until(() => field.inputValue(), String(before));
    await field.fill('90 хв');
    await stage.sees('Це не число');
    await page.keyboard.press('Control+Enter');
    await field.fill('95');
    await page.getByText('Це не число').waitFor({ state: 'detached' });
    await saved(stage, 'Виїзд збережено на пристрої');
    expect(await planned()).toBe(95);
    expect(saves).toMatchObject([{ writes: { set: { duration_minutes: 95 } } }]);
  });
});

describe('a complaint', () => {
  it('is made by keys', async () => {
    await using stage = await desk();
    const { page } = stage;
    await begin(stage, '/complaints', 'Нова рекламація');
    await page.keyboard.press('Space');
    await tabTo(stage, 'Незначна');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await tabTo(stage, 'Що не так');
    await page.keyboard.type('Шумить під навантаженням');
    await saved(stage, 'Рекламацію подано');
    const { severity, description } = await stage.dispatcher.ask('complaint_page', {
      document: shown(stage),
    });
    expect(severity).toBe('moderate');
    expect(description).toBe('Шумить під навантаженням');
  });
});

describe('in the field', () => {
  it('a complaint about nobody says so where one says about whom', async () => {
    await using stage = await onStage('morning');
    const { page } = stage;
    await stage.open('/complaints/new');
    await page.getByRole('button', { name: 'Подати рекламацію' }).tap();
    const at = (path: string) => page.locator(`[data-path="${path}"]`);
    await at('customer').getByText('Скажіть, про кого чи про що цей запис.').waitFor();
    await at('description').getByText('Напишіть, що не так').waitFor();
  });

  it('what the role may make is made with taps', async () => {
    await using stage = await onStage('morning');
    const { page } = stage;
    await stage.open('/today');
    await page.getByRole('link', { name: 'Створити' }).tap();
    await page.getByRole('link', { name: 'Новий виїзд' }).waitFor();
    expect(await page.getByRole('link', { name: 'Новий контрагент' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Новий виїзд' }).tap();
    const bar = page.getByRole('button', { name: 'Зберегти' });
    await bar.waitFor();
    await stage.sees('Коваленко');
    await control(stage, 'Контрагент').tap();
    await control(stage, 'Контрагент').fill('Молокозавод');
    await page
      .getByRole('option', { name: /Молокозавод/ })
      .first()
      .tap();
    await bar.tap();
    await stage.sees('Виїзд збережено на пристрої');
    const height = 56;
    await stage.open('/complaints/new');
    const file = page.getByRole('button', { name: 'Подати рекламацію' });
    await stage.until(async () => ((await file.boundingBox())?.height ?? 0) >= height, true);
  });
});

describe('axe', () => {
  for (const theme of ['light', 'dark']) {
    it(`finds nothing in the forms in the ${theme} theme`, async () => {
      await using stage = await desk();
      const { page } = stage;
      for (const path of [
        '/customers/new',
        '/objects/new',
        '/cards/new',
        '/visits/new',
        '/complaints/new',
        '/create',
      ]) {
        await stage.open(path);
        await page.evaluate((wanted) => (document.documentElement.dataset.theme = wanted), theme);
        expect({ path, found: await axe(page) }).toEqual({ path, found: [] });
      }
    });
  }

  it('finds nothing in the forms of the field', async () => {
    await using stage = await onStage('morning');
    for (const path of ['/complaints/new', '/visits/new', '/objects/new', '/create']) {
      await stage.open(path);
      expect({ path, found: await axe(stage.page) }).toEqual({ path, found: [] });
    }
  });
});
