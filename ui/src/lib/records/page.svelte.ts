/** A page of one record: read, and read again whenever the record or what it shows may have changed. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Problem } from '$lib/backend/backend';
import type { Calls, DocumentId, Instant } from '$lib/bindings';
import { merged } from './merged';
import { Typing } from './typing.svelte';

export type PageCall = 'visit_page' | 'equipment_page' | 'customer_page' | 'complaint_page' | 'card_page';

/** So many lines more of each list are asked for at once. */
const MORE = 100;

export class RecordPage<Name extends PageCall> {
  readonly id: DocumentId;
  #app: App;
  #name: Name;
  #typings: Typing[] = [];
  /** How many lines of each list are asked for; as many as are usual without. */
  #lines: number | undefined;
  /** Something came from the office since it was read. */
  #theirs = false;
  view = $state.raw<Calls[Name]['answer']>();
  /** Why there is nothing to show; of no meaning once there is. */
  problem = $state.raw<Problem>();
  /** «Стан на»: the moment it is shown at; none for now. */
  at = $state<Instant>();

  constructor(app: App, name: Name, id: DocumentId) {
    this.#app = app;
    this.#name = name;
    this.id = id;
  }

  /** A long text of the record that may be typed on the page. */
  typing(field: string): Typing {
    const typing = new Typing(this.#app, this.id, field);
    this.#typings.push(typing);
    return typing;
  }

  /** Saves what is being typed. */
  async rest(): Promise<void> {
    await Promise.all(this.#typings.map((typing) => typing.rest()));
  }

  /** Keeps the page current until the answer is called, which saves what is being typed. */
  open(): () => void {
    void this.read();
    // A page names other records, and lists those that name it: any change may be one of them.
    const stop = this.#app.onChange((event) => {
      this.#theirs ||= event.event === 'records' && event.origin === 'sync';
      void this.read();
    });
    return () => {
      stop();
      void this.rest();
    };
  }

  /** Shows it as it was then. */
  goTo(at: Instant | undefined): void {
    this.at = at;
    void this.read();
  }

  /** Shows more of a list of which so many stand there. */
  more(shown: number): void {
    this.#lines = shown + MORE;
    void this.read();
  }

  /** Reads it as it is now. */
  read = again(async () => {
    const theirs = this.#theirs;
    this.#theirs = false;
    const shown = this.#typings.map((typing) => typing.reading());
    const asked = {
      document: this.id,
      ...(this.at !== undefined && { at: this.at }),
      ...(this.#lines !== undefined && { lines: this.#lines }),
    };
    const missing = (problem: Problem): void => void (this.problem = problem);
    const view = await this.#app.ask(this.#name, asked, this.view === undefined ? missing : undefined);
    if (view === undefined) return;
    const show = (): void => {
      this.view = view;
      shown.forEach((one) => one());
    };
    if (theirs && this.at === undefined && differs(this.view, view)) await merged(show);
    else show();
  });
}

/** Whether the record itself is another: an answer of the office to one's own work leaves it as it is. */
function differs(before: Calls[PageCall]['answer'] | undefined, after: Calls[PageCall]['answer']): boolean {
  return before !== undefined && before.head.heads.join() !== after.head.heads.join();
}
