/** A page of one record: read, and read again whenever the record or what it shows may have changed. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Calls, DocumentId, Instant } from '$lib/bindings';

type PageCall = 'visit_page' | 'equipment_page' | 'customer_page' | 'complaint_page' | 'card_page';

export class RecordPage<Name extends PageCall> {
  readonly id: DocumentId;
  #app: App;
  #name: Name;
  view = $state.raw<Calls[Name]['answer']>();
  /** «Стан на»: the moment it is shown at; none for now. */
  at = $state<Instant>();

  constructor(app: App, name: Name, id: DocumentId) {
    this.#app = app;
    this.#name = name;
    this.id = id;
  }

  /** Keeps the page current until the answer is called. */
  open(): () => void {
    void this.#read();
    // A page names other records, and lists those that name it: any change may be one of them.
    return this.#app.onChange(() => void this.#read());
  }

  /** Shows it as it was then. */
  goTo(at: Instant | undefined): void {
    this.at = at;
    void this.#read();
  }

  #read = again(async () => {
    const asked = { document: this.id, ...(this.at !== undefined && { at: this.at }) };
    this.view = (await this.#app.ask(this.#name, asked)) ?? this.view;
  });
}
