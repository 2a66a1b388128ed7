/** A form that is left is a draft: kept on this device by its name, and there when it is opened again. */
import type { App } from '$lib/app/app.svelte';
import { formAt, type FormPlace } from '$lib/app/paths';
import type { Problem } from '$lib/backend/backend';
import { Pace } from './pace.svelte';
import { Retry } from './retry';

export class Draft<Body> {
  #app: App;
  /** Its name. */
  readonly form: string;
  #pace = new Pace(() => void this.#keep());
  #retry: Retry;
  #latest: Body | undefined;
  #isSending = false;
  /** One after the other: what was kept late must not come back after it was dropped. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(app: App, form: string) {
    this.#app = app;
    this.form = form;
    this.#retry = new Retry(app, () => void this.#keep());
  }

  /**
   * What was typed, when the form was left; null where nothing was, and nothing when the device could not tell: then
   * it must not be written over. The screens alone write it, so its type is taken on trust.
   */
  async read(): Promise<Body | null | undefined> {
    const draft = await this.#app.ask('draft', { form: this.form });
    return draft && (draft.body as Body);
  }

  /** Keeps what is typed when typing rests, and every so often while it goes on. */
  keep(body: Body): void {
    this.#latest = body;
    if (this.#isSending) return;
    this.#retry.stop();
    this.#pace.type();
  }

  /** Keeps what is typed now, as the form is left: one that is opened anew must not be written over by it later. */
  async rest(): Promise<void> {
    this.#pace.stop();
    this.#retry.stop();
    await this.#keep();
    this.#retry.stop();
  }

  async #keep(): Promise<void> {
    if (this.#isSending) return;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  /** The newest is kept: what was typed while another was being written goes with it. */
  async #write(): Promise<void> {
    const body = this.#latest;
    if (body === undefined) return;
    const failed = (problem: Problem): void => this.#retry.failed(problem);
    if (!(await this.#app.ask('keep_draft', { form: this.form, body }, failed))) return;
    if (this.#latest === body) this.#latest = undefined;
    this.#retry.saved();
  }

  /**
   * Sends the form: `save` names it to the device, which forgets the draft in the same write, so that it is sent
   * once even if the device dies. What is typed meanwhile is kept when nothing was saved.
   */
  async send<Saved>(save: (form: string) => Promise<Saved | undefined>): Promise<Saved | undefined> {
    this.#pace.stop();
    this.#retry.stop();
    this.#isSending = true;
    let saved: Saved | undefined;
    try {
      await this.#writing;
      saved = await save(this.form);
    } finally {
      this.#isSending = false;
      const body = this.#latest;
      this.#latest = undefined;
      if (saved !== undefined) this.#retry.saved();
      else if (body !== undefined) this.keep(body);
    }
    return saved;
  }

  /** The form was given up. */
  async drop(): Promise<void> {
    this.#pace.stop();
    this.#latest = undefined;
    this.#retry.saved();
    this.#writing = this.#writing.then(() => this.#app.ask('drop_draft', { form: this.form }));
    await this.#writing;
  }
}

const RECORD = 'record';

/** The name of the draft of a record's form, which says where the form is. */
export const recordDraft = (path: string): string => RECORD + path;

/** The form a draft is of; nothing of drafts that are no record's. */
export function draftAt(name: string): (FormPlace & { path: string }) | undefined {
  const path = name.startsWith(`${RECORD}/`) ? name.slice(RECORD.length) : undefined;
  const place = path === undefined ? undefined : formAt(path);
  return place && path !== undefined ? { ...place, path } : undefined;
}
