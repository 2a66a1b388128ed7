/** The first start and the lock: from an invitation to today's work, and back behind a PIN. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import encodeQR from 'qr';
import { describe, expect, it } from 'vitest';
import { axe, launch, visitor } from '../../scripts/browser.mjs';
import { onStage } from './stage';

const [WIDTH, HEIGHT] = [640, 480];

/** A picture of a QR, as somebody sends it. */
const picture = (text: string) => ({
  name: 'qr.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from(encodeQR(text, 'gif', { scale: 6, border: 4 })),
});

/** What a camera sees that is held over a QR, as a film without colours. */
function film(text: string): Buffer {
  const cells = encodeQR(text, 'raw', { scale: 4, border: 4 });
  const light = Buffer.alloc(WIDTH * HEIGHT, 200);
  const [top, left] = [(HEIGHT - cells.length) >> 1, (WIDTH - cells.length) >> 1];
  cells.forEach((row, y) =>
    row.forEach((dark, x) => (light[(top + y) * WIDTH + left + x] = dark ? 30 : 220)),
  );
  const frame = [Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)];
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip C420\n`), ...frame, ...frame]);
}

describe('a device nobody has used yet', () => {
  it('joins by a link, shows its day, is locked and opened by its PIN', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    await stage.open('/');
    const { page, tap, sees } = stage;
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await sees('Вітаємо в Halyard');
    expect(await axe(page)).toEqual([]);

    // Whoever reads another language than the system's finds it before the first word has to be understood.
    await page.getByRole('radio', { name: 'English' }).tap();
    await sees('Welcome to Halyard');
    await page.getByRole('radio', { name: 'Українська' }).tap();
    await sees('Вітаємо в Halyard');

    // An address needs a code; a link holds everything.
    await field('Код').waitFor();
    await field('Посилання або адреса офісу').fill('halyard://join?nothing');
    await field('Код').waitFor({ state: 'detached' });
    await field('Назва пристрою').fill('планшет ПЛ-07');
    await field('PIN').fill('4071');
    await field('Ще раз').fill('4072');
    await tap('Підключитися');
    await page.getByRole('alert').getByText('Введено різне').waitFor();
    await field('Ще раз').fill('4071');
    await tap('Підключитися');
    await page.getByRole('alert').getByText('Це не запрошення').waitFor();

    await field('Посилання або адреса офісу').fill(stage.invitation());
    await tap('Підключитися');
    await page.getByRole('navigation').getByText('Сьогодні').waitFor();

    await page.getByRole('link', { name: 'Ще', exact: true }).tap();
    await sees('Мельник Оксана Юріївна');
    await tap('Заблокувати');
    await sees('Заблоковано');
    expect(await axe(page)).toEqual([]);
    await field('PIN').fill('0000');
    await tap('Відкрити');
    await page.getByRole('alert').getByText('Не підходить').waitFor();
    await sees(`1 невдала спроба`);
    await field('PIN').fill('4071');
    await tap('Відкрити');
    await sees('Мельник Оксана Юріївна');
  });

  it('joins by address and code, once somebody has compared the server', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    await stage.open('/');
    const { page, tap, sees } = stage;
    const invited = new URL(stage.invitation()).searchParams;
    const said = (name: string): string => invited.get(name) ?? '';
    const typed = {
      'Посилання або адреса офісу': said('relay'),
      Код: said('code'),
      'Назва пристрою': 'планшет ПЛ-07',
      PIN: '4071',
      'Ще раз': '4071',
    };
    for (const [label, words] of Object.entries(typed)) {
      await page.getByLabel(label, { exact: true }).fill(words);
    }
    await page.getByLabel('Ще раз', { exact: true }).press('Enter');
    await sees('Цей сервер пристрою незнайомий');
    await page.getByLabel('Відбиток сервера', { exact: true }).getByText(said('pin')).waitFor();
    expect(await axe(page)).toEqual([]);
    await tap('Відбитки однакові');
    await tap('Підключитися');
    await page.getByRole('navigation').getByText('Сьогодні').waitFor();
  });

  it('is opened where the person was, with what they typed, and shows nothing of it while it is locked', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    const newcomer = stage.newcomer();
    const joined = { by: { link: stage.invitation() }, device_name: 'планшет', protect: { pin: '4071' } };
    await newcomer.ask('join', joined);
    await stage.open('/complaints/new');
    const { page, tap, sees } = stage;
    await page.getByLabel('Що не так').fill('Гуде компресор');
    await stage.keptDraft('Гуде компресор');
    await newcomer.ask('lock');
    await sees('Заблоковано');
    expect(await page.content()).not.toContain('Гуде компресор');
    await page.getByLabel('PIN', { exact: true }).fill('4071');
    await tap('Відкрити');
    await stage.until(() => page.getByLabel('Що не так').inputValue(), 'Гуде компресор');
    expect(page.url()).toContain('#/complaints/new');
  });

  it('reads the invitation from a picture of its QR, and says what a picture lacks', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    await stage.open('/');
    const { page, tap } = stage;
    await tap('Зчитати QR із запрошення');
    // This browser has no camera.
    await stage.sees('Камери тут немає');
    expect(await axe(page)).toEqual([]);
    // One thing at a time: the form waits, as it was left, until the reader is done.
    const joins = page.getByRole('button', { name: 'Підключитися' });
    expect(await joins.count()).toBe(0);
    const focused = () => page.evaluate(() => globalThis.document.activeElement?.textContent.trim());
    await tap('Закрити');
    await stage.until(focused, 'Зчитати QR із запрошення');
    await page.getByLabel('PIN', { exact: true }).fill('4071');
    await tap('Зчитати QR із запрошення');
    await stage.until(focused, 'Обрати знімок');
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({ ...picture('x'), buffer: Buffer.from('no picture') });
    await page.getByRole('alert').getByText('QR на знімку не знайдено').waitFor();
    await choose.setInputFiles(picture('https://example.com/'));
    await page.getByRole('alert').getByText('Це не запрошення Halyard').waitFor();
    await choose.setInputFiles(picture(stage.invitation()));
    const field = page.getByLabel('Посилання або адреса офісу', { exact: true });
    await stage.until(() => field.inputValue(), stage.invitation());
    await page.getByLabel('Код', { exact: true }).waitFor({ state: 'detached' });
    // The link says all but this.
    await page.getByLabel('Назва пристрою', { exact: true }).and(page.locator(':focus')).waitFor();
    expect(await page.getByLabel('PIN', { exact: true }).inputValue()).toBe('4071');
  });

  it('reads the invitation that its camera is held over, and lets the camera go', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    const folder = await mkdtemp(join(tmpdir(), 'halyard-camera-'));
    const seen = join(folder, 'seen.y4m');
    await writeFile(seen, film(stage.invitation()));
    const browser = await launch([
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${seen}`,
    ]);
    try {
      const { url, now } = stage.newcomer();
      const page = await visitor(browser, { width: 800, height: 1280, locale: 'uk', now });
      // The reader may be done before anybody could look at it.
      await page.addInitScript(() => {
        const devices = navigator.mediaDevices;
        const open = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wanted) => {
          const stream = await open(wanted);
          Object.assign(window, { camera: stream });
          return stream;
        };
      });
      await page.goto(url);
      await page.getByRole('button', { name: 'Зчитати QR із запрошення' }).click();
      const field = page.getByLabel('Посилання або адреса офісу', { exact: true });
      await stage.until(() => field.inputValue(), stage.invitation());
      const states = page.evaluate(() =>
        (window as unknown as { camera: MediaStream }).camera.getTracks().map((one) => one.readyState),
      );
      expect(await states).toEqual(['ended']);
    } finally {
      await browser.close();
      await rm(folder, { recursive: true });
    }
  });

  it('waits after five wrong tries, and says how long', async () => {
    await using stage = await onStage('morning', { who: 'newcomer' });
    const { page, tap } = stage;
    const newcomer = stage.newcomer();
    const joined = { by: { link: stage.invitation() }, device_name: 'планшет', protect: { pin: '4071' } };
    await newcomer.ask('join', joined);
    await newcomer.ask('lock');
    await stage.open('/');
    await page.getByLabel('PIN', { exact: true }).fill('4071');
    // The wait lasts half a minute: the page stands there before it begins, however slow the machine.
    for (let tries = 0; tries < 5; tries += 1) await newcomer.ask('unlock', { secret: '0000' });
    await page
      .getByRole('alert')
      .getByText(/Наступна спроба через 0:[0-3]\d/)
      .waitFor();
    await tap('Відкрити');
    await page.getByText('5 невдалих спроб').waitFor();
    expect((await newcomer.ask('stage')).is).toBe('locked');
  });
});
