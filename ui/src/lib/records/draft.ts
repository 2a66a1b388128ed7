/** A form that is left is a draft: kept on this device by its name, and there when it is opened again. */
import type { App } from '$lib/app/app.svelte';

/** How long typing rests before the draft is kept, milliseconds. */
const REST_MS = 400;

export class Draft<Body> {
  #app: App;
  #form: string;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #latest: Body | undefined;

  constructor(app: App, form: string) {
    this.#app = app;
    this.#form = form;
  }

  /** What was typed, when the form was left. The screens alone write it, so its type is taken on trust. */
  async read(): Promise<Body | undefined> {
    const draft = await this.#app.ask('draft', { form: this.#form });
    return draft ? (draft.body as Body) : undefined;
  }

  /** Keeps what is typed when typing rests. */
  keep(body: Body): void {
    this.#latest = body;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.rest(), REST_MS);
  }

  /** Keeps what is typed now. */
  async rest(): Promise<void> {
    clearTimeout(this.#resting);
    const body = this.#latest;
    this.#latest = undefined;
    if (body !== undefined) await this.#app.ask('keep_draft', { form: this.#form, body });
  }

  /** The form was sent. */
  async drop(): Promise<void> {
    clearTimeout(this.#resting);
    this.#latest = undefined;
    await this.#app.ask('drop_draft', { form: this.#form });
  }
}
