/** The review queue at the desk: work that was not accepted, wishes, conflicts, things to look at. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import { onStage } from './stage';

type Scene = Awaited<ReturnType<typeof onStage>>;

/** The technician wishes the visit to last longer, and the dispatcher's device hears of it. */
async function wish(stage: Scene, why: string): Promise<string> {
  const { technician, dispatcher } = stage;
  const document = await stage.visit(3);
  await technician.ask('propose', { document, path: { field: 'duration_minutes' }, value: 240, why });
  await technician.ask('sync_now');
  await dispatcher.ask('sync_now');
  await stage.until(async () => (await dispatcher.ask('visit_page', { document })).head.proposals.length, 1);
  return document;
}

describe('the review queue', () => {
  it('is worked through with the keys alone: accept, decline with an answer, the next one', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page, sees, technician } = stage;
    await wish(stage, 'Складний доступ');
    await stage.open('/visits');
    await page.keyboard.press('Control+KeyK');
    await page.keyboard.type('На розгляд');
    await page.keyboard.press('Enter');
    const queue = page.getByRole('grid', { name: 'На розгляд' });
    await queue.getByRole('row', { name: /Не прийнято.*Чилер на даху/ }).waitFor();
    await queue.getByRole('row', { name: /Пропозиція/ }).waitFor();
    await page.getByRole('radio', { name: 'Усе 3' }).waitFor();

    // Whatever is decided, the next one is chosen and the keys go on.
    const panel = page.getByRole('complementary');
    await queue.locator('[aria-selected="true"]').waitFor();
    await panel.getByText('Потребує рішення').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('KeyJ');
    await panel.getByText('Складний доступ').waitFor();
    await page.keyboard.press('KeyK');
    await panel.getByText('Потребує рішення').first().waitFor();
    await page.keyboard.press('Digit2');
    await sees('Рішення записано');
    await panel.getByText('Складний доступ').waitFor();
    await page.keyboard.press('Control+KeyZ');
    await sees('Рішення не скасувати');
    const ready = panel.getByRole('button', { name: 'Прийняти', disabled: false });
    await ready.waitFor();
    await page.keyboard.down('KeyA');
    await sees('Прийнято. Автор побачить це після обміну.');

    // What changes, by whom and why it waits; the key that is held down still does not answer it.
    await panel.getByText('Коваленко Андрій Петрович').waitFor();
    await ready.waitFor();
    await page.keyboard.down('KeyA');
    await page.keyboard.up('KeyA');
    await panel.getByText('Роль автора не дозволяє').waitFor();
    await panel.getByRole('row', { name: /Предмет порожньо Чилер на даху/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('KeyD');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Відхилити роботу' }).press('Enter');
    await sees('Напишіть, чому: відповідь прочитає автор.');
    await dialog.getByRole('textbox').focus();
    await page.keyboard.type('Чилер уже є в іншій картці');
    await dialog.getByRole('button', { name: 'Відхилити роботу' }).press('Enter');
    await sees('Відхилено. Автор прочитає вашу відповідь.');
    await sees('Розглядати нічого');

    await technician.ask('sync_now');
    const refused = await technician.ask('not_accepted');
    expect(refused[0]?.reason).toMatchObject({ code: 'declined', answer: 'Чилер уже є в іншій картці' });
  });

  it('is counted in the rail: values, wishes and work at the office, also while it cannot be reached', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page, dispatcher } = stage;
    const counts = (name: string) => page.getByRole('link', { name, exact: true }).waitFor();
    await wish(stage, 'Складний доступ');
    await stage.open('/visits');
    await dispatcher.online(true);
    await counts('На розгляд 3');
    await dispatcher.online(false);
    await stage.open('/customers');
    await counts('На розгляд 3');

    const [refused] = (await dispatcher.ask('review_queue', {})).items;
    await dispatcher.ask('decide_review', { envelope: refused?.envelope ?? '', accept: true });
    await counts('На розгляд 2');
  });

  it('takes other decisions while the office is slow to answer one', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page } = stage;
    let answer: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/call/decide_review', (route) => slow.then(() => route.continue()));
    await stage.open('/review');
    const panel = page.getByRole('complementary');
    await page.getByRole('row', { name: /Не прийнято.*Чилер на даху/ }).click();
    await panel.getByRole('button', { name: 'Прийняти', disabled: false }).click();
    await panel.getByRole('button', { name: 'Прийняти', disabled: true }).waitFor();
    await page.getByRole('row', { name: /Потребує рішення/ }).click();
    await panel.getByText('Потребує рішення').first().waitFor();
    await page.keyboard.press('Digit2');
    await stage.sees('Рішення записано');
    answer();
    await stage.sees('Прийнято. Автор побачить це після обміну.');
  });

  it('says who decided when somebody else was first, and nothing is decided twice', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page, sees, dispatcher } = stage;
    const document = await wish(stage, 'Складний доступ');
    await stage.open('/review');
    await page.getByRole('row', { name: /Пропозиція/ }).click();
    await page.getByRole('complementary').getByText('Складний доступ').waitFor();
    // What happens here is not heard of meanwhile, and another window of the dispatcher decides.
    const hear = await stage.failing('desk_queue');
    const { head } = await dispatcher.ask('visit_page', { document });
    const row = head.proposals[0]?.row ?? '';
    await dispatcher.ask('answer_proposal', { document, row, seen: head.heads, accept: false });
    await hear();
    await page.keyboard.press('KeyA');
    await sees('Уже відхилено: Бондар Олена Ігорівна');
    await stage.until(() => page.getByRole('row', { name: /Пропозиція/ }).count(), 0);
  });

  it('brings back a reason that was being written when the battery ended', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366, lives: 'again' });
    await wish(stage, 'Складний доступ');
    await stage.open('/review');
    await stage.page.getByRole('row', { name: /Пропозиція/ }).click();
    await stage.page.getByRole('complementary').getByText('Складний доступ').waitFor();
    await stage.page.keyboard.press('KeyD');
    await stage.dialog().getByRole('textbox').fill('Часу вистачить');
    await stage.keptDraft('Часу вистачить');
    await stage.powerCut();
    await stage.open('/review');
    expect(await stage.dialog().getByRole('textbox').inputValue()).toBe('Часу вистачить');
    await stage.dialog().getByRole('button', { name: 'Відхилити роботу' }).click();
    await stage.sees('Відхилено. Автор прочитає вашу відповідь.');
    await stage.dialog().waitFor({ state: 'detached' });
    await stage.noDrafts();
  });

  it('goes on by its keys when somebody else decides what is being declined', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page, sees, dispatcher } = stage;
    const document = await wish(stage, 'Складний доступ');
    await stage.open('/review');
    // The chosen line stands beside it, with rows of its own.
    const queue = page.getByRole('grid', { name: 'На розгляд' });
    await queue.getByRole('row', { name: /Не прийнято.*Чилер на даху/ }).waitFor();
    await queue.getByRole('row', { name: /Пропозиція/ }).click();
    await page.getByRole('complementary').getByText('Складний доступ').waitFor();
    await page.keyboard.press('KeyD');
    await stage.dialog().getByRole('textbox').fill('Часу вист');
    const { head } = await dispatcher.ask('visit_page', { document });
    const row = head.proposals[0]?.row ?? '';
    await dispatcher.ask('answer_proposal', { document, row, seen: head.heads, accept: false });
    await sees('Це вже вирішив хтось інший');
    await stage.dialog().waitFor({ state: 'detached' });
    await page.getByRole('complementary').getByText('Роль автора не дозволяє').waitFor();
    await page.keyboard.press('KeyD');
    await stage.dialog().waitFor();
  });

  it('shows what is on the device without the office, and says what is missing', async () => {
    await using stage = await onStage('trouble', { who: 'dispatcher', width: 1366 });
    const { page, sees } = stage;
    const unreachable = { code: 'relay', trouble: { what: 'unreachable' } };
    await page.route('**/call/review_queue', (route) => route.fulfill({ status: 422, json: unreachable }));
    await stage.open('/review');
    await sees('не прийняту за правами роботу зберігає офіс');
    await page.getByRole('row', { name: /Потребує рішення/ }).waitFor();
    await page.unroute('**/call/review_queue');
    await stage.tap('Спробувати ще');
    await page.getByRole('row', { name: /Не прийнято.*Чилер на даху/ }).waitFor();
    await page.getByRole('radio', { name: 'Неприйняте 1' }).tap();
    await sees('Для рішення потрібен зв’язок з офісом.');
    await page.getByRole('radio', { name: 'Перевірити 0' }).tap();
    await sees('Такого зараз немає');
  });

  it('is not for a technician', async () => {
    await using stage = await onStage('noon');
    await stage.open('/review');
    await stage.sees('Цей розділ вам не відкрито');
    expect(await stage.technician.ask('desk_queue')).toMatchObject({ more: 0 });
  });
});
