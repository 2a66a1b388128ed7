/** A scene of the stage with a browser on the technician's device, for one test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import type { CallName, DocumentId } from '../../src/lib/bindings';
import { again, type Device, launch, stage, visitor } from '../../scripts/browser.mjs';

let browser: Promise<Browser> | undefined;

export interface Look {
  width?: number;
  locale?: string;
  who?: 'technician' | 'dispatcher' | 'administrator' | 'newcomer';
  /** The device can be killed and opened again. */
  lives?: 'once' | 'again';
}

export async function onStage(scene: 'morning' | 'noon' | 'trouble', look: Look = {}) {
  browser ??= launch();
  const who = look.who ?? 'technician';
  const newcomer = who === 'newcomer';
  const folder = look.lives === 'again' ? await mkdtemp(join(tmpdir(), 'halyard-stage-')) : undefined;
  const [opened, set] = await Promise.all([browser, stage(scene, { newcomer, folder })]);
  return new OnStage(set, who, await newPage(opened, set[who], look), folder);
}

async function newPage(
  browser: Browser,
  device: Device,
  { width = 800, locale = 'uk' }: Look,
): Promise<Page> {
  return visitor(browser, { width, height: 1280, locale, touch: true, now: device.now });
}

class OnStage {
  technician: Device;
  dispatcher: Device;
  administrator: Device;
  page: Page;
  /** Whose screen the page is. */
  #who: NonNullable<Look['who']>;
  #device: Device;
  #close: () => void;
  #kill: () => Promise<void>;
  #folder: string | undefined;

  constructor(
    set: Awaited<ReturnType<typeof stage>>,
    who: NonNullable<Look['who']>,
    page: Page,
    folder: string | undefined,
  ) {
    this.#who = who;
    this.#device = set[who];
    this.technician = set.technician;
    this.dispatcher = set.dispatcher;
    this.administrator = set.administrator;
    this.#close = set.close;
    this.#kill = set.kill;
    this.#folder = folder;
    this.page = page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
    this.#close();
    if (this.#folder !== undefined) {
      // The devices may be closing their files still.
      await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }

  /** The battery is empty: program and window are gone in this moment. Then the same person starts again. */
  async powerCut(): Promise<void> {
    const who = this.#who;
    if (this.#folder === undefined || who === 'newcomer') throw new Error('this device lives once');
    await this.#kill();
    const set = await again(this.#folder, who, this.#device.now);
    this[who] = this.#device = set[who];
    this.#close = set.close;
    this.#kill = set.kill;
    await this.look({});
  }

  /** The battery is empty as soon as the device has done `call`, before the window hears of it. */
  async powerCutAfter(call: CallName, act: () => Promise<void>): Promise<void> {
    const { handled } = await this.#intercept(call, (route) => route.fetch());
    await act();
    await handled;
    await this.powerCut();
  }

  /** `call` reaches the device no more, until what is answered is called; that waits until it was tried once. */
  async failing(call: CallName): Promise<() => Promise<void>> {
    const { handled } = await this.#intercept(call, (route) => route.abort());
    return async () => {
      await handled;
      await this.page.unroute(`**/call/${call}`);
    };
  }

  /** What was typed and not sent is on the device. */
  async keptDraft(words: string): Promise<void> {
    await this.until(async () => JSON.stringify(await this.#device.ask('drafts')).includes(words), true);
  }

  /** Nothing that was typed waits to be sent. */
  noDrafts = (): Promise<void> => this.until(() => this.#device.ask('drafts'), []);

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#device.url}#${path}`);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** The device nobody has used yet, where the scene has one. */
  newcomer(): Device {
    return this.#device;
  }

  /** The link that invites a technician for it. */
  invitation(): string {
    const { invitation } = this.#device;
    if (invitation === undefined) throw new Error('nobody is invited');
    return invitation;
  }

  /** The document of a visit of today, by its place in the day from 1. */
  async visit(place: number): Promise<DocumentId> {
    const { visits } = await this.technician.ask('today', {});
    const document = visits[place - 1]?.link.document;
    if (document === undefined) throw new Error(`the day has no visit ${place}`);
    return document;
  }

  /** The customer whom that visit is for. */
  async customer(place: number): Promise<DocumentId> {
    const { customer } = await this.technician.ask('visit_page', { document: await this.visit(place) });
    if (!customer) throw new Error('the visit names no customer');
    return customer.document;
  }

  async openVisit(place: number): Promise<void> {
    await this.open(`/visits/${await this.visit(place)}`);
  }

  /** Looks with another person's eyes at the same device. */
  async look(look: Look): Promise<void> {
    const context = this.page.context();
    const opened = context.browser();
    if (!opened) throw new Error('the browser is gone');
    await context.close();
    this.page = await newPage(opened, this.#device, look);
  }

  /** Goes on by Tab, as often as people would bear it, until it has the keys. */
  async reach(wanted: Locator): Promise<void> {
    const there = wanted.and(this.page.locator(':focus'));
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if ((await there.count()) > 0) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`no Tab leads to ${String(wanted)}`);
  }

  /** Goes there by Tab, and presses a key. */
  async press(wanted: Locator, key = 'Enter'): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.press(key);
  }

  /** Goes there by Tab, and types in place of what stands there. */
  async type(wanted: Locator, words: string): Promise<void> {
    await this.reach(wanted);
    await this.page.keyboard.press('Control+KeyA');
    await this.page.keyboard.type(words);
  }

  /** How often somebody touches the screen from now on, until the answer is asked. */
  async countTaps(): Promise<() => Promise<number>> {
    const { page } = this;
    await page.evaluate(() => {
      const counted = { taps: 0 };
      document.addEventListener('click', (event) => event.isTrusted && (counted.taps += 1), true);
      Object.assign(window, { counted });
    });
    return () => page.evaluate(() => (window as unknown as { counted: { taps: number } }).counted.taps);
  }

  /** Both devices meet the office: what one wrote the other has. */
  async meet(): Promise<void> {
    for (const device of [this.technician, this.dispatcher]) await device.online(true);
    for (const device of [this.technician, this.dispatcher]) {
      await this.until(async () => (await device.ask('sync_status')).unsent, 0);
    }
  }

  /** Hands `call` to somebody else from now on; `handled` comes after the first. */
  async #intercept(call: CallName, handle: (route: Route) => Promise<unknown>) {
    let first: () => void = () => undefined;
    let broken: (why: unknown) => void = () => undefined;
    const handled = new Promise<void>((resolve, reject) => ([first, broken] = [resolve, reject]));
    await this.page.route(`**/call/${call}`, (route) => handle(route).then(() => first(), broken));
    return { handled };
  }

  tap = (name: string): Promise<void> => this.page.getByRole('button', { name, exact: true }).first().tap();
  sees = (text: string): Promise<void> => this.page.getByText(text).first().waitFor();
  /** Takes back what was done last, by its toast. */
  undo = (): Promise<void> =>
    this.page.getByRole('status').getByRole('button', { name: 'Скасувати' }).last().tap();
  dialog = (): Locator => this.page.getByRole('dialog');
  findings = (): Locator => this.page.getByLabel('Висновки', { exact: true }).getByRole('textbox');

  /** Waits until something is as wanted; says what it is instead when that does not come. */
  async until<Value>(read: () => Promise<Value>, wanted: Value): Promise<void> {
    await expect.poll(read, { timeout: 30_000 }).toEqual(wanted);
  }
}
