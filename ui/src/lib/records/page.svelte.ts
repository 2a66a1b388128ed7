/** A page of one record: read, and read again whenever the record or what it shows may have changed. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Calls, DocumentId } from '$lib/bindings';

type PageCall = 'equipment_page' | 'customer_page' | 'complaint_page';

export class RecordPage<Name extends PageCall> {
  readonly id: DocumentId;
  #app: App;
  #name: Name;
  view = $state.raw<Calls[Name]['answer']>();

  constructor(app: App, name: Name, id: DocumentId) {
    this.#app = app;
    this.#name = name;
    this.id = id;
  }

  /** Keeps the page current until the answer is called. */
  open(): () => void {
    const read = again(async () => {
      this.view = (await this.#app.ask(this.#name, { document: this.id })) ?? this.view;
    });
    void read();
    // A page names other records, and lists those that name it: any change may be one of them.
    return this.#app.onChange(() => void read());
  }
}
