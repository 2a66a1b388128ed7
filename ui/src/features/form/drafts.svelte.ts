/** The forms somebody has begun and not saved, as this device keeps them. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { DraftView } from '$lib/bindings';
import { draftAt } from '$lib/records/draft';
import { newText } from '$lib/records/making';
import { m } from '$lib/words';
import { FORMS } from './specs';
import type { FormKind } from './spec';

export interface Unfinished {
  form: string;
  path: string;
  kind: FormKind;
  title: string;
  /** What was typed so far, in a few words. */
  about: string;
  saved_ms: number;
}

export class Drafts {
  #app: App;
  all = $state.raw<readonly Unfinished[]>([]);
  #bodies: readonly DraftView[] = [];

  constructor(app: App) {
    this.#app = app;
  }

  read = again(async () => {
    this.#bodies = (await this.#app.ask('drafts', {})) ?? this.#bodies;
    this.all = this.#bodies
      .flatMap((draft) => unfinished(draft) ?? [])
      .sort((one, other) => other.saved_ms - one.saved_ms);
  });

  async discard({ form }: Unfinished): Promise<void> {
    const body = this.#bodies.find((one) => one.form === form)?.body;
    await this.#app.ask('drop_draft', { form });
    await this.read();
    this.#app.did(m.form_discarded(), async (failed) => {
      if (await this.#app.ask('keep_draft', { form, body }, failed)) await this.read();
    });
  }
}

function unfinished({ form, body, saved_ms }: DraftView): Unfinished | undefined {
  const at = draftAt(form);
  if (!at) return undefined;
  const spec = FORMS[at.kind];
  return {
    form,
    path: at.path,
    kind: at.kind,
    title: at.id === undefined ? newText(spec.kind) : spec.edit(),
    about: words(body),
    saved_ms,
  };
}

/** The first things that were typed: a name, a description. The screens alone write bodies. */
function words(body: unknown): string {
  const { typed } = (body ?? {}) as { typed?: { values?: object; texts?: object } };
  const said = [...Object.entries(typed?.values ?? {}), ...Object.entries(typed?.texts ?? {})];
  const told = ['name', 'legal_name', 'model', 'serial', 'subject', 'description', 'instructions', 'notes'];
  const texts = told.flatMap((name) => said.find(([key]) => key === name)?.[1] ?? []);
  return texts
    .filter((text) => typeof text === 'string' && text.trim() !== '')
    .join(' · ')
    .slice(0, 120);
}
