/** The page of a card at the desk: what happened on all its visits and to its complaints, in one list. */
import { describe, expect, it } from 'vitest';
import { axe } from '../../scripts/browser.mjs';
import type { DocumentId, Writes } from '../../src/lib/bindings';
import { DECIDES, disputed } from '../screens/states';
import { onStage } from './stage';

type Stage = Awaited<ReturnType<typeof onStage>>;

const NOTHING: Writes = { set: {}, texts: [], add: [], correct: [], withdraw: [] };

const desk = (): Promise<Stage> => onStage('noon', { who: 'dispatcher', width: 1366 });

/** The second visit of the day, with its card and customer, where the dispatcher has all that was done on it. */
async function second(stage: Stage) {
  await stage.meet();
  const visit = await stage.visit(2);
  const { card, customer } = await stage.dispatcher.ask('visit_page', { document: visit });
  if (!card || !customer) throw new Error('the visit names nothing');
  return { visit, card: card.link.document, customer: customer.document };
}

async function complain(stage: Stage, set: Writes['set']): Promise<void> {
  await stage.dispatcher.ask('create_record', { kind: 'complaint', writes: { ...NOTHING, set } });
}

/** The priority is changed so often, as by a dispatcher who can't decide. */
async function change(stage: Stage, card: DocumentId, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { head } = await stage.dispatcher.ask('card_page', { document: card });
    const writes = { ...NOTHING, set: { priority: time % 2 ? 'high' : 'urgent' } };
    await stage.dispatcher.ask('edit_record', { document: card, seen: head.heads, writes });
  }
}

const log = ({ page }: Stage) => page.getByRole('group', { name: 'Хід справи' });
const entries = (stage: Stage) => log(stage).getByRole('listitem');
const part = ({ page }: Stage, name: RegExp) =>
  page.getByRole('group', { name: 'Що показати' }).getByRole('button', { name });

describe('what happened on a card', () => {
  it('has what was done on its visits, which it leads to, and to its complaints', async () => {
    await using stage = await desk();
    const { visit, card, customer } = await second(stage);
    await complain(stage, { card, customer, complaint_kind: 'failure' });
    await stage.open(`/cards/${card}`);
    const { page } = stage;
    await log(stage)
      .getByText(/Вид: Відмова/)
      .waitFor();
    await part(stage, /^Рекламації/).click();
    await stage.until(
      () =>
        entries(stage)
          .filter({ has: page.locator('a[href*="/visits/"]') })
          .count(),
      0,
    );
    await log(stage)
      .getByText(/Вид: Відмова/)
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await part(stage, /^Роботи/).press('Enter');
    await log(stage)
      .getByText(/Вид: Відмова/)
      .waitFor({ state: 'detached' });
    await log(stage)
      .getByText(/Роботи: Чищення теплообмінника/)
      .waitFor();
    expect(await log(stage).getByText('Роботу почато').count()).toBe(0);
    await part(stage, /^Усе/).click();
    await log(stage).locator(`a[href="#/visits/${visit}"]`).first().click();
    await page.getByRole('region', { name: 'Чек-лист' }).waitFor();
  });

  it('is brought a page at a time, and read on at the first that came', async () => {
    await using stage = await desk();
    const { card } = await second(stage);
    await change(stage, card, 31);
    await stage.open(`/cards/${card}`);
    await stage.until(() => entries(stage).count(), 30);
    await stage.press(log(stage).getByRole('button', { name: 'Показати ще' }));
    await log(stage)
      .getByText(/Предмет: ТО-2/)
      .waitFor();
    expect(await entries(stage).count()).toBeGreaterThan(31);
  });
});

describe('a conflict on a card', () => {
  it('says who wrote each value, and what they are', async () => {
    await using stage = await desk();
    const { card } = await second(stage);
    const told = await stage.dispatcher.ask('card_page', { document: card });
    const head = disputed(told.head, 'priority', ['high', 'urgent'], DECIDES.dispatcher);
    await stage.page.route('**/call/card_page', (route) => route.fulfill({ json: { ...told, head } }));
    await stage.open(`/cards/${card}`);
    await stage.sees('Бондар Олена Ігорівна, Керівник сервісу');
  });
});

describe('the card as it was', () => {
  it('shows its visits, works and complaints of that moment too, by keys and by day and time', async () => {
    await using stage = await desk();
    const { visit, card, customer } = await second(stage);
    await complain(stage, { card, customer, complaint_kind: 'failure' });
    await stage.open(`/cards/${card}`);
    const { page } = stage;
    const visits = page.getByRole('region', { name: 'Виїзди', exact: true });
    const state = (name: string) => visits.getByRole('row').filter({ hasText: name });
    const complaints = page.getByRole('region', { name: 'Рекламації' });
    await state('У роботі').waitFor();
    await complaints.waitFor();
    // Everything the log lists is on the rope, what was done on a visit too.
    await log(stage).locator(`a[href="#/visits/${visit}"]`).first().waitFor();
    const rope = page.getByRole('slider', { name: 'Стан на' });
    await rope.focus();
    await page.keyboard.press('Home');
    await stage.sees('Минуле змінити не можна');
    await complaints.waitFor({ state: 'detached' });
    await state('У роботі').waitFor({ state: 'detached' });
    await page.keyboard.press('End');
    await state('У роботі').waitFor();

    // A moment before the technician set out, when the visit had been sent.
    await page.getByRole('button', { name: 'Стан на зараз' }).press('Enter');
    const clock = page.getByRole('group', { name: 'Час', exact: true }).getByRole('spinbutton').first();
    await clock.focus();
    await page.keyboard.type('08');
    await stage.press(page.getByRole('button', { name: 'Показати', exact: true }));
    await stage.sees('Минуле змінити не можна');
    await state('Призначений').waitFor();
    await complaints.waitFor({ state: 'detached' });
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Повернутися до теперішнього' }).press('Enter');
    await state('У роботі').waitFor();
    await complaints.waitFor();
  });
});
