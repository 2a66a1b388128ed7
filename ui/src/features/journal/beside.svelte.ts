/** The record beside the journal: the one that was chosen last, read while the arrows move on. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { today } from '$lib/app/clock.svelte';
import type { DocumentId } from '$lib/bindings';
import type { JournalKind } from '$lib/records/journals';
import { cardTold, complaintTold, customerTold, equipmentTold, type Told, visitTold } from './facts';

export class Beside {
  #app: App;
  #kind: JournalKind;
  document = $state<DocumentId>();
  /** Said anew when the language changes. */
  #says = $state.raw<() => Told>();
  told = $derived(this.#says?.());

  constructor(app: App, kind: JournalKind) {
    this.#app = app;
    this.#kind = kind;
  }

  show(document: DocumentId): void {
    this.document = document;
    void this.#read();
  }

  close(): void {
    this.document = undefined;
    this.#says = undefined;
  }

  /** Keeps what is shown current until the answer is called. */
  open(): () => void {
    void this.#read();
    return this.#app.onChange(() => void this.#read());
  }

  #read = again(async () => {
    const document = this.document;
    if (document === undefined) return;
    const says = await this.#ask(document);
    if (says && this.document === document) this.#says = says;
  });

  async #ask(document: DocumentId): Promise<(() => Told) | undefined> {
    switch (this.#kind) {
      case 'visit': {
        const view = await this.#app.ask('visit_page', { document });
        return view && (() => visitTold(view, today()));
      }
      case 'service_card': {
        const view = await this.#app.ask('card_page', { document });
        return view && (() => cardTold(view));
      }
      case 'complaint': {
        const view = await this.#app.ask('complaint_page', { document });
        return view && (() => complaintTold(view, today()));
      }
      case 'customer': {
        const view = await this.#app.ask('customer_page', { document });
        return view && (() => customerTold(view));
      }
      case 'equipment': {
        const view = await this.#app.ask('equipment_page', { document });
        return view && (() => equipmentTold(view));
      }
    }
  }
}
