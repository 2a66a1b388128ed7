/** People, directories and the company's own record: administrators write, others read. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

/** The day of the date in the sheet that dismisses somebody. */
const lastDay = (stage: Stage) => stage.dialog().getByRole('spinbutton').first();

describe('the employees', () => {
  it('are made, changed and dismissed by an administrator, with the keys alone', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, sees, administrator } = stage;
    await stage.open('/staff');
    await page.getByRole('row', { name: /Бондар Олена/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await stage.press(page.getByRole('button', { name: 'Новий працівник' }));
    const dialog = page.getByRole('dialog');
    await stage.press(dialog.getByRole('button', { name: 'Зберегти' }));
    await sees('Напишіть прізвище');
    await stage.type(dialog.getByLabel('Прізвище'), 'Мельник');
    await stage.type(dialog.getByLabel('Ім’я'), 'Оксана');
    await stage.type(dialog.getByLabel('Телефони'), '067 123 45 67, 044 234 56 78');
    await stage.press(dialog.getByRole('button', { name: 'Зберегти' }));
    const panel = page.getByRole('complementary', { name: 'Мельник Оксана' });
    await panel.getByRole('link', { name: /67/ }).first().waitFor();
    expect(await axe(page)).toEqual([]);

    await stage.press(panel.getByRole('button', { name: 'Звільнити' }));
    await dialog.getByText('Доступ і пристрої закриває сервер офісу').waitFor();
    // The day before: it is past.
    await stage.press(lastDay(stage), 'ArrowDown');
    await stage.press(dialog.getByRole('button', { name: 'Звільнити' }));
    await sees('Доступ ще діє: закрийте його на сервері офісу.');
    await stage.until(() => page.getByRole('row', { name: /Мельник Оксана/ }).count(), 0);
    const choices = await administrator.ask('choices', { of: 'employees' });
    expect(choices.map(({ link }) => link.title)).not.toContain('Мельник Оксана');
    await stage.press(page.getByRole('radio', { name: 'Працюють' }), 'ArrowRight');
    await page.getByRole('row', { name: /Мельник Оксана/ }).waitFor();
  });

  it('are typed once, also when the battery ends before anything is saved', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366, lives: 'again' });
    const dialog = stage.dialog();
    await stage.open('/staff');
    await stage.page.getByRole('button', { name: 'Новий працівник' }).click();
    await dialog.getByLabel('Прізвище').fill('Мельник');
    await dialog.getByRole('combobox', { name: 'Керівник' }).click();
    await stage.page.getByRole('option', { name: /Бондар Олена/ }).click();
    await stage.keptDraft('Бондар');
    await stage.powerCut();
    await stage.open('/staff');
    const restored = stage.dialog();
    expect(await restored.getByLabel('Прізвище').inputValue()).toBe('Мельник');
    await stage.until(
      () => restored.getByRole('combobox', { name: 'Керівник' }).inputValue(),
      'Бондар Олена Ігорівна',
    );
    await restored.getByRole('button', { name: 'Зберегти' }).click();
    const panel = stage.page.getByRole('complementary', { name: 'Мельник' });
    await panel.getByText('Бондар Олена Ігорівна').waitFor();
    await stage.noDrafts();
  });

  it('lose nothing that was typed when saving fails behind a closed sheet', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page } = stage;
    await stage.open('/staff');
    await page.getByRole('button', { name: 'Новий працівник' }).click();
    const dialog = stage.dialog();
    await dialog.getByLabel('Прізвище').fill('Мельник');
    let fail: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (fail = resolve));
    await page.route('**/call/create_record', (route) => held.then(() => route.abort()));
    await dialog.getByRole('button', { name: 'Зберегти' }).click();
    await page.keyboard.press('Escape');
    const said = page.getByRole('status', { name: 'Що щойно сталося' });
    await said.getByText('Набране відкинуто').waitFor();
    fail();
    await said.locator('.toast').nth(1).waitFor();
    await said.getByRole('button', { name: 'Скасувати' }).click();
    expect(await dialog.getByLabel('Прізвище').inputValue()).toBe('Мельник');

    // Why it failed belongs to this page, and ends with it.
    await said.locator('.toast').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').first().getByRole('link', { name: 'Довідники' }).click();
    await page.getByRole('heading', { level: 1, name: 'Довідники' }).waitFor();
    await stage.until(
      () => said.locator('.toast').allInnerTexts(),
      [expect.stringContaining('Набране відкинуто')],
    );
  });

  it('are typed once, also the last day of one and the name of a team', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366, lives: 'again' });
    await stage.open('/staff');
    await stage.page.getByRole('radio', { name: 'Бригади' }).press('Space');
    await stage.page.getByRole('button', { name: 'Нова бригада' }).click();
    await stage.dialog().getByLabel('Назва').fill('Холодильники');
    await stage.keptDraft('Холодильники');
    await stage.powerCut();
    await stage.open('/staff');
    expect(await stage.dialog().getByLabel('Назва').inputValue()).toBe('Холодильники');
    await stage.dialog().getByRole('button', { name: 'Зберегти' }).click();
    await stage.noDrafts();
    await stage.page.getByRole('radio', { name: 'Бригади' }).press('Space');
    await stage.sees('Холодильники');

    await stage.page.getByRole('radio', { name: 'Працівники' }).press('Space');
    await stage.page.getByRole('row', { name: /Бондар Олена/ }).click();
    await stage.page.getByRole('complementary').getByRole('button', { name: 'Звільнити' }).click();
    await lastDay(stage).focus();
    await stage.page.keyboard.type('20');
    await stage.keptDraft('2026-11-20');
    await stage.powerCut();
    await stage.open('/staff');
    expect(await lastDay(stage).innerText()).toBe('20');
    await stage.dialog().getByRole('button', { name: 'Звільнити' }).click();
    await stage.until(() => stage.page.getByRole('row', { name: /Бондар Олена/ }).count(), 0);
    await stage.noDrafts();
  });

  it('are read by others, with their day, teams and what roles give', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366, locale: 'en' });
    const { page, sees } = stage;
    await stage.open('/staff');
    await sees('An administrator looks after this list.');
    expect(await page.getByRole('button', { name: 'New employee' }).count()).toBe(0);
    await page.getByRole('row', { name: /Коваленко/ }).click();
    await page
      .getByRole('complementary')
      .getByRole('link', { name: /\d\d:\d\d/ })
      .first()
      .waitFor();
    await page.getByRole('radio', { name: 'Roles' }).press('Space');
    const role = page.getByRole('region', { name: 'Technician' });
    await role.getByRole('row', { name: 'Service own technician’s facts, the customer’s words' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('radio', { name: 'Teams' }).press('Space');
    await sees('No teams yet');
  });
});

describe('a person', () => {
  it('is opened from wherever they are named, in the row of a table too', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    const panel = page.getByRole('complementary', { name: 'Коваленко Андрій Петрович' });
    const opens = async (): Promise<void> => {
      await page
        .getByRole('link', { name: /^Коваленко/ })
        .first()
        .click();
      await panel.waitFor();
      await page.getByRole('row', { name: /Коваленко/, selected: true }).waitFor();
    };
    await stage.openVisit(2);
    await opens();
    await stage.open(`/customers/${await stage.customer(2)}`);
    await page
      .getByRole('table')
      .getByRole('link', { name: /^Коваленко/ })
      .first()
      .waitFor();
    await opens();
    // Who left is shown too.
    const { employee } = await stage.technician.ask('me');
    const set = { left: '2026-11-20' };
    await stage.administrator.ask('edit_records', { documents: [employee.document], set });
    await stage.administrator.online(true);
    await stage.dispatcher.online(true);
    await page.getByRole('row', { name: /Коваленко/ }).waitFor({ state: 'detached' });
    await stage.open('/visits');
    await stage.open(`/staff/${employee.document}`);
    await panel.getByText('Останній день').waitFor();
    await page.getByRole('row', { name: /Коваленко/, selected: true }).waitFor();
  });
});

describe('the directories', () => {
  it('are added to, ordered and withdrawn from by an administrator, and pickers follow', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, sees, administrator } = stage;
    await stage.open('/directories');
    const works = page.getByRole('grid', { name: 'Види робіт' });
    const names = (): Promise<string[]> =>
      works.locator('[role="gridcell"][data-column="name"]').allInnerTexts();
    await works.getByRole('row', { name: /Заміна оливи/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    const before = await names();
    await stage.press(page.getByRole('button', { name: 'Додати запис' }));
    const dialog = page.getByRole('dialog');
    await stage.type(dialog.getByLabel('Назва', { exact: true }), before[0] ?? '');
    await stage.press(dialog.getByRole('button', { name: 'Зберегти' }));
    await sees('Такий запис уже є.');
    await stage.type(dialog.getByLabel('Назва', { exact: true }), 'Заміна мастила');
    await stage.press(dialog.getByRole('button', { name: 'Зберегти' }));
    await stage.until(names, [...before, 'Заміна мастила']);

    await stage.press(works, 'End');
    await page.keyboard.press('Alt+ArrowUp');
    await stage.until(async () => (await names()).at(-2), 'Заміна мастила');
    const panel = page.getByRole('complementary', { name: 'Заміна мастила' });
    await stage.press(panel.getByRole('button', { name: 'Більше не пропонувати' }));
    await works.getByRole('row', { name: /Заміна мастила.*Не пропонується/ }).waitFor();
    const choices = await administrator.ask('choices', { of: { directory: 'work_kind' } });
    expect(choices.map(({ link }) => link.title)).not.toContain('Заміна мастила');
    await stage.undo();
    await works.getByRole('row', { name: /Заміна мастила.*Пропонується/ }).waitFor();
  });

  it('are searched, and show what was made in spite of what was looked for', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, sees } = stage;
    await stage.open('/directories');
    const works = page.getByRole('grid', { name: 'Види робіт' });
    await works.getByRole('row', { name: /Заміна оливи/ }).waitFor();
    await works.focus();
    await page.keyboard.press('Slash');
    await page.keyboard.type('ОЛИВ замін');
    await stage.until(() => works.getByRole('row', { name: /Пропонується/ }).count(), 1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    const panel = page.getByRole('complementary', { name: /Заміна оливи/ });
    await panel.getByRole('button', { name: 'Змінити запис' }).waitFor();
    // Its neighbours are not on the screen, and its name is its heading.
    expect(await panel.getByRole('button', { name: 'Вище' }).count()).toBe(0);
    expect(await panel.getByText(/Заміна оливи/).count()).toBe(1);
    await page.getByRole('searchbox', { name: 'Назва або код' }).fill('нічого такого');
    await sees('Нічого не знайдено');
    // Of two entries one is found: the panel of the other is gone, and is back when that is found again.
    const looking = page.getByRole('searchbox', { name: 'Назва або код' });
    await looking.fill('чищення');
    await works
      .getByRole('row', { name: /Чищення/ })
      .first()
      .waitFor();
    expect(await panel.count()).toBe(0);
    await looking.fill('');
    await panel.waitFor();
    await page.getByRole('button', { name: 'Додати запис' }).click();
    await stage.dialog().getByLabel('Назва', { exact: true }).fill('Заміна мастила');
    await stage.dialog().getByRole('button', { name: 'Зберегти' }).click();
    await works.getByRole('row', { name: /Заміна мастила/ }).click();
    await sees('У записах цієї назви ще немає.');
  });

  it('bring back an entry that was being typed, in its directory', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366, lives: 'again' });
    await stage.open('/directories');
    await stage.page.getByRole('combobox').first().click();
    await stage.page.getByRole('option', { name: /^Причини рекламацій/ }).click();
    await stage.page.getByRole('button', { name: 'Додати запис' }).click();
    await stage.dialog().getByLabel('Назва', { exact: true }).fill('Вологість');
    await stage.keptDraft('Вологість');
    await stage.powerCut();
    await stage.open('/directories');
    const name = stage.dialog().getByLabel('Назва', { exact: true });
    expect(await name.inputValue()).toBe('Вологість');
    await stage.dialog().getByRole('button', { name: 'Зберегти' }).click();
    await stage.page.getByRole('grid', { name: 'Причини рекламацій' }).getByText('Вологість').waitFor();
    await stage.noDrafts();
  });

  it('tell others who may change them, and how often an entry is used', async () => {
    await using stage = await onStage('morning', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    await stage.open('/directories');
    await sees('Довідники змінює адміністратор.');
    await page.getByRole('row', { name: /Чищення теплообмінника/ }).click();
    await sees('Назва стоїть в 1 записі.');
    expect(await page.getByRole('button', { name: 'Додати запис' }).count()).toBe(0);
  });
});

describe('our own company', () => {
  it('has its requisites changed by an administrator, and is read by others', async () => {
    await using stage = await onStage('morning', { who: 'administrator', width: 1366 });
    const { page, sees, administrator } = stage;
    await stage.open('/company');
    await page.getByLabel('Сайт').fill('teplo.example');
    await page.keyboard.press('Enter');
    await sees('Збережено: Сайт');
    expect(await axe(page)).toEqual([]);
    const query = {
      kind: 'company',
      columns: ['website'],
      filters: [],
      sort: [],
      search: null,
      show: 'standing',
    } as const;
    const { rows } = await administrator.ask('journal', {
      ...query,
      columns: [...query.columns],
      filters: [],
      sort: [],
      page: { after: null, limit: 1 },
    });
    expect(rows[0]?.cells).toEqual(['teplo.example']);
  });
});
