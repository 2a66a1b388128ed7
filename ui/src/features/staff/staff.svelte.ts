/** The people who work here, their teams, and the roles there are. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { today } from '$lib/app/clock.svelte';
import type { DocumentId, Done, Kind, Linked } from '$lib/bindings';
import { instantAt, type LocalDate, plusDays } from '$lib/format/date';
import { holdsWords } from '$lib/format/searchable';
import { linesOf, linkOf, linksOf, type Listed, readAll, textOf } from '$lib/records/listing';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { changed, writes } from '$lib/records/writes';
import { named, translated } from '$lib/visits/naming';
import { m } from '$lib/words';
import { readRights, type RightsOf, SECTIONS } from './rights';

export interface Person {
  document: DocumentId;
  name: string;
  surname: string;
  givenName: string;
  patronymic: string;
  position: string;
  phones: string[];
  emails: string[];
  team: Linked | null;
  manager: Linked | null;
  skills: Linked[];
  regions: Linked[];
  /** The last day with us; empty of those who work here. */
  left: string;
}

export interface Team {
  document: DocumentId;
  name: string;
  leader: Linked | null;
}

export interface Role {
  document: DocumentId;
  name: string;
  rights: RightsOf[];
}

/** A visit of a person's day. */
export interface DayLine {
  document: DocumentId;
  title: string;
  /** Seconds; nothing without a time. */
  start: number | null;
  state: string;
}

/** What the open sheet asks about: somebody or a team, new ones without, or somebody who leaves. */
export type Asked =
  | { of: 'person'; before?: Person | undefined }
  | { of: 'team'; before?: Team | undefined }
  | { of: 'leaving'; person: Person };

/** What is written of an employee. */
export interface PersonForm {
  surname: string;
  given_name: string;
  patronymic: string;
  position: string;
  phones: string[];
  emails: string[];
  team: DocumentId | null;
  manager: DocumentId | null;
}

/** What is written of a team. */
export interface TeamForm {
  name: string;
  leader: DocumentId | null;
}

const ROLE = ['name', 'name_en', 'name_ru', ...SECTIONS] as const;
const KINDS: readonly (Kind | null)[] = ['employee', 'team', 'role', 'visit', null];

export class Staff {
  #app: App;
  #wanted: DocumentId | undefined;
  people = $state.raw<readonly Person[]>();
  teams = $state.raw<readonly Team[]>([]);
  #roles = $state.raw<readonly Listed<(typeof ROLE)[number]>[]>([]);
  day = $state.raw<readonly DayLine[]>([]);
  show = $state<'present' | 'former' | 'all'>('present');
  words = $state('');
  chosen = $state<DocumentId>();
  readonly sheet: OpenSheet<Asked>;

  /** `wanted` is shown first, whether they still work here or not. */
  constructor(app: App, wanted?: DocumentId) {
    this.#app = app;
    this.#wanted = wanted;
    this.sheet = new OpenSheet(app, 'staff');
  }

  readonly roles: readonly Role[] = $derived(
    this.#roles.map(({ document, cells }) => ({
      document,
      name:
        translated({ name_en: textOf(cells.name_en), name_ru: textOf(cells.name_ru) }) || textOf(cells.name),
      rights: readRights((section) => textOf(cells[section])),
    })),
  );
  readonly person = $derived(this.people?.find(({ document }) => document === this.chosen));
  readonly shown = $derived.by(() => {
    const fits = ({ name, position, phones, team }: Person): boolean =>
      holdsWords([name, position, ...phones, team?.title ?? ''].join(' '), this.words);
    return (this.people ?? []).filter((one) => this.#isShown(one) && fits(one));
  });

  #isShown({ left }: Person): boolean {
    const gone = left !== '' && left < today();
    return this.show === 'all' || gone === (this.show === 'former');
  }

  /** How many people of a team work here. */
  members(team: DocumentId): number {
    return (this.people ?? []).filter((one) => one.team?.document === team && one.left === '').length;
  }

  get may(): boolean {
    return this.#app.me?.makes.includes('employee') ?? false;
  }

  /** Keeps it current until the answer is called. */
  open(): () => void {
    void this.#read();
    void this.sheet.read();
    return this.#app.onChange((event) => {
      if (event.event !== 'records' || event.records.some(({ kind }) => KINDS.includes(kind)))
        void this.#read();
    });
  }

  choose(document: DocumentId | undefined): void {
    this.chosen = document;
    this.day = [];
    if (document !== undefined) void this.#readDay();
  }

  /** Makes somebody, or changes what differs from `before`. */
  async save(before: Person | undefined, typed: PersonForm): Promise<void> {
    const done = await (before
      ? this.#change(before.document, changed(personForm(before), typed))
      : this.#make('employee', { ...typed }));
    if (!before && done) this.chosen = done.records[0]?.document;
    this.#done(done, [typed.surname, typed.given_name].filter(Boolean).join(' '));
  }

  /** Makes a team, or changes what differs from `before`. */
  async saveTeam(before: Team | undefined, typed: TeamForm): Promise<void> {
    const done = await (before
      ? this.#change(before.document, changed(teamForm(before), typed))
      : this.#make('team', { ...typed }));
    this.#done(done, typed.name);
  }

  /** The last day of a person; nothing takes them back. */
  async leave({ document, name }: Person, left: LocalDate | null): Promise<void> {
    const said = left === null ? m.done_kept({ what: name }) : m.staff_dismissed();
    this.#done(await this.#change(document, { left }), name, said);
  }

  #make(kind: Kind, set: Record<string, unknown>): Promise<Done | undefined> {
    return this.sheet.answer((form) =>
      this.#app.ask('create_record', { kind, writes: writes({ set }), form }),
    );
  }

  #change(document: DocumentId, set: Record<string, unknown>): Promise<Done | undefined> {
    return this.sheet.answer((form) => this.#app.ask('edit_records', { documents: [document], set, form }));
  }

  #done(done: Done | undefined, what: string, said = m.done_kept({ what })): void {
    if (done) this.#app.done(said, done, what);
    void this.#read();
  }

  #read = again(async () => {
    const columns = [
      'title',
      'surname',
      'given_name',
      'patronymic',
      'position',
      'phones',
      'emails',
      'team',
      'manager',
      'skills',
      'regions',
      'left',
    ] as const;
    const sort = [{ column: 'title_key', direction: 'ascending' as const, nulls: 'last' as const }];
    const people = await readAll(this.#app, 'employee', columns, { sort });
    const teams = await readAll(this.#app, 'team', ['name', 'leader'] as const, { sort });
    const roles = await readAll(this.#app, 'role', ROLE, { sort });
    // What could not be read is as it was.
    if (!people || !teams || !roles) return;
    this.#roles = roles;
    this.people = people.map(({ document, cells }) => ({
      document,
      name: textOf(cells.title),
      surname: textOf(cells.surname),
      givenName: textOf(cells.given_name),
      patronymic: textOf(cells.patronymic),
      position: textOf(cells.position),
      phones: linesOf(cells.phones),
      emails: linesOf(cells.emails),
      team: linkOf(cells.team),
      manager: linkOf(cells.manager),
      skills: linksOf(cells.skills),
      regions: linksOf(cells.regions),
      left: textOf(cells.left),
    }));
    this.teams = teams.map(({ document, cells }) => ({
      document,
      name: textOf(cells.name),
      leader: linkOf(cells.leader),
    }));
    this.#showWanted();
    await this.#readDay();
  });

  #showWanted(): void {
    const wanted = this.people?.find(({ document }) => document === this.#wanted);
    if (!wanted) return;
    this.#wanted = undefined;
    if (!this.#isShown(wanted)) this.show = 'all';
    this.chosen = wanted.document;
  }

  async #readDay(): Promise<void> {
    const document = this.chosen;
    if (document === undefined) return;
    const [from, to] = [instantAt(today(), '00:00'), instantAt(plusDays(today(), 1), '00:00')];
    const seconds = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);
    const lines = await readAll(this.#app, 'visit', ['card', 'customer', 'window_start', 'state'] as const, {
      filters: [
        { is: 'includes', field: 'specialists', value: document },
        { is: 'between', column: 'window_start', from: seconds(from), to: seconds(to) - 1 },
      ],
      sort: [{ column: 'window_start', direction: 'ascending', nulls: 'last' }],
    });
    if (this.chosen !== document || !lines) return;
    this.day = lines.map((line) => ({
      document: line.document,
      title: [linkOf(line.cells.customer), linkOf(line.cells.card)].map(named).find(Boolean) ?? '',
      start: typeof line.cells.window_start === 'number' ? line.cells.window_start : null,
      state: textOf(line.cells.state),
    }));
  }
}

/** What stands in the form of somebody who is there. */
export const personForm = (person: Person): PersonForm => ({
  surname: person.surname,
  given_name: person.givenName,
  patronymic: person.patronymic,
  position: person.position,
  phones: person.phones,
  emails: person.emails,
  team: person.team?.document ?? null,
  manager: person.manager?.document ?? null,
});

/** What stands in the form of a team that is there. */
export const teamForm = ({ name, leader }: Team): TeamForm => ({ name, leader: leader?.document ?? null });
