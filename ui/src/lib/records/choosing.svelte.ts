/** What a picker of records offers: the first by name, then what fits the words typed. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { noneText } from '$lib/app/none';
import type {
  CardToPick,
  ChoicesAsked,
  ColumnView,
  Directory,
  DocumentId,
  Linked,
  Offered,
  PickerChoice,
} from '$lib/bindings';
import { fullDate } from '$lib/format/date';
import { searchable } from '$lib/format/searchable';
import { named, translated } from '$lib/visits/naming';
import { m } from '$lib/words';
import { serviceTypeText } from './choices';
import { repeats } from './repeats';

export interface Choosable {
  value: DocumentId;
  label: string;
  note?: string;
  /** It does something and is no record. */
  acts?: boolean;
}

export class Choosing {
  #app: App;
  #asked: Pick<ChoicesAsked, 'of' | 'customer'>;
  #text = $state('');
  #choices = $state.raw<readonly PickerChoice[]>([]);
  list: readonly Choosable[] = $derived(
    this.#choices.map((choice) => choosable(choice, this.#asked.customer !== undefined)),
  );

  constructor(app: App, asked: Pick<ChoicesAsked, 'of' | 'customer'>) {
    this.#app = app;
    this.#asked = $state.raw(asked);
    void this.#read();
  }

  /** What is offered, with `own` choices beside the records. The chosen stand there until words are typed. */
  among(own: readonly Choosable[], chosen: readonly Choosable[]): Choosable[] {
    const words = searchable(this.#text);
    const fits = own.filter(({ label }) => searchable(label).includes(words));
    const shown = [...fits, ...this.list];
    if (words !== '') return shown;
    return [...shown, ...chosen.filter(({ value }) => !shown.some((one) => one.value === value))];
  }

  /** Said where nothing fits: what has not arrived yet cannot be found. */
  get none(): string {
    return noneText(this.#app, m.field_nothing_found());
  }

  /** The one of those offered that was taken. */
  taken(value: DocumentId): Choosable | undefined {
    return this.list.find((one) => one.value === value);
  }

  /** Offers others from now on: those of another customer. */
  ask(asked: Pick<ChoicesAsked, 'of' | 'customer'>): void {
    if (asked.of === this.#asked.of && asked.customer === this.#asked.customer) return;
    this.#asked = asked;
    void this.#read();
  }

  search(text: string): void {
    this.#text = text;
    void this.#read();
  }

  #read = again(async () => {
    const text = this.#text.trim();
    const asked = text === '' ? this.#asked : { ...this.#asked, text };
    this.#choices = (await this.#app.ask('choices', asked)) ?? this.#choices;
  });
}

/** A record that is chosen already, as choices have it; nothing where none is. */
export function chosen(link: Linked | null | undefined): Choosable | null {
  return link ? { value: link.document, label: named(link) } : null;
}

/** `ofOne`: all that is offered is one customer's. */
function choosable(choice: PickerChoice, ofOne: boolean): Choosable {
  const { link, note, parent, card } = choice;
  const own = card ? cardNote(card, note) : note;
  // Cards of one object and service may be of two customers; what tells them apart goes first.
  const whose = own && (ofOne || !card) ? undefined : named(parent);
  return {
    value: link.document,
    label: choiceName(choice),
    note: [own, whose].filter(Boolean).join(' · ') || undefined,
  };
}

/** «ТО-2 · Абонентське · Котел КСВ-350 · раз на 1 рік · 15.01.2026 – 15.01.2027»: the number alone tells nobody which card it is. */
function cardNote(
  { service_type: type, equipment, periodicity }: CardToPick,
  subject: string | null,
): string {
  const often = periodicity && repeats(periodicity);
  const days = periodicity?.repeats === 'calendar' ? [periodicity.start, periodicity.end] : [];
  const span = days.flatMap((day) => (day ? fullDate(day) : [])).join(' – ');
  return [subject, type && serviceTypeText(type), named(equipment), often, span].filter(Boolean).join(' · ');
}

/** A choice in the language of the screen, where the directory has it. */
export function choiceName(choice: PickerChoice): string {
  return translated(choice.link) || choice.link.label;
}

const DIRECTORIES: Partial<Record<string, Directory>> = {
  region: 'region',
  skills: 'skill',
  source: 'source',
  cause_code: 'cause',
  category: 'equipment_category',
};

/** What is offered where a field names records; nothing for kinds that no picker offers. */
export function offeredFor(column: Pick<ColumnView, 'name' | 'links_to'>): Offered | undefined {
  switch (column.links_to) {
    case 'employee':
      return 'employees';
    case 'team':
      return 'teams';
    case 'customer':
      return 'customers';
    case 'equipment':
      return 'equipment';
    case 'service_card':
      return 'cards';
    case 'checklist':
      return 'checklists';
    case 'directory_entry': {
      const directory = DIRECTORIES[column.name];
      return directory && { directory };
    }
    case null:
    default:
      return undefined;
  }
}
