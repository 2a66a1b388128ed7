/** What every page may reach: the backend, where the person is, how the sync stands, toasts. */
import { createContext } from 'svelte';
import { type Backend, CallError, type Link, type Problem } from '$lib/backend/backend';
import type {
  AppEvent,
  CallName,
  Calls,
  DocumentId,
  Done,
  ImportProgress,
  Kind,
  Me,
  NoticeLine,
  Rescue,
  Stage,
  Standing,
  SyncView,
} from '$lib/bindings';
import { Toasts } from '$lib/components/toasts.svelte';
import { m } from '$lib/words';
import { again } from './again';
import { Commands } from './commands.svelte';
import { Kept } from './kept.svelte';
import { noticeText, toldPath } from './notices';
import { follow, watchLinks } from './outside';
import { link as hrefOf, visitPath } from './paths';
import { Preferences } from './preferences.svelte';
import { passes, problemText } from './problems';
import { Router } from './router.svelte';

/** A profile that nobody touches for long is locked; so often it is told that somebody does. */
const TOUCH_EVERY_MS = 60_000;

/** A change of one of these may change who somebody is. */
const PEOPLE: readonly (Kind | null)[] = ['employee', 'role', 'team'];

export class App {
  readonly backend: Backend;
  readonly router = new Router();
  /** What goes on whether or not its page is there: whoever comes to the page finds it as it stands. */
  readonly lasting = new Kept();
  readonly preferences = new Preferences();
  readonly toasts = new Toasts(() => this.router.entry.key);
  /** What is said while there is no work to show. What work says late, once it is locked, does not stand there. */
  #outside = new Toasts(() => undefined);
  readonly commands = new Commands();
  /** Where the profile is in its life; nothing until it was asked once. */
  stage = $state.raw<Stage>();
  /** What became of a damaged database, until somebody has read it. */
  rescue = $state.raw<Rescue | null>(null);
  /** An invitation that was followed as a link, for the first start. */
  invitation = $state<string>();
  me = $state.raw<Me>();
  status = $state.raw<SyncView>();
  /** What this person was told at once, the newest first. */
  notices = $state.raw<readonly NoticeLine[]>([]);
  /** How many of them nobody has looked at. */
  unread = $derived(this.notices.filter((line) => line.is_new).length);
  /** How many records the first sync has brought so far; nothing once it is complete. */
  arrived = $derived(this.stage?.is === 'first_sync' ? this.stage.records : undefined);
  #listeners = new Set<(event: AppEvent) => void>();
  /** The toast that the office cannot be reached. */
  #unreachable: number | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Reads where the profile is and who works here, and follows both until the answer is called. */
  open(): () => void {
    const readMe = this.#reading('me', (me) => (this.me = me));
    const readStatus = this.#reading('sync_status', (status) => this.#stands(status));
    const readNotices = this.#reading('notices', (notices) => (this.notices = notices));
    const enter = (stage: Stage): void => {
      const [had, has] = [hasWork(this.stage), hasWork(stage)];
      // It has served.
      if (this.stage?.is === 'new' && hasJoined(stage)) this.invitation = undefined;
      this.stage = stage;
      void this.#read(async () => (this.rescue = await this.backend.ask('rescue', {})));
      if (had !== has) this.#forget();
      this.#refuseInvitation();
      if (has && !had) {
        void readMe();
        void readStatus();
        void readNotices();
      }
    };
    void this.#read(async () => enter(await this.backend.ask('stage', {})));
    const stops = [
      this.backend.listen((event) => {
        for (const listener of this.#listeners) listener(event);
        if (event.event === 'stage') enter(event.stage);
        if (event.event === 'notice') {
          const path = toldPath(event.notice);
          this.toasts.tell(noticeText(event.notice), path === undefined ? undefined : hrefOf(path));
          void readNotices();
        }
        if (!hasWork(this.stage) || event.event === 'import') return;
        void readStatus();
        const people = event.event === 'records' && event.records.some((one) => PEOPLE.includes(one.kind));
        if (people || event.event === 'everything') void readMe();
      }),
      this.backend.links((link) => this.#led(link)),
      watchLinks((link) => this.follow(link)),
      this.#touch(),
    ];
    return () => stops.forEach((stop) => stop());
  }

  /** Goes where a link or a notice leads that was followed outside of the page. */
  #led(link: Link): void {
    if (link.is === 'join') {
      this.invitation = link.link;
      this.#refuseInvitation();
      return;
    }
    const path = link.is === 'visit' ? visitPath(link.document) : toldPath(link.notice);
    if (path !== undefined) this.router.go(path);
  }

  /** Says that a device which has joined has no use for an invitation; one whose stage is not known yet waits. */
  #refuseInvitation(): void {
    if (this.invitation === undefined || !hasJoined(this.stage)) return;
    this.invitation = undefined;
    this.said.tell(m.life_connected({ organisation: this.stage.organisation }));
  }

  /** Nothing of what was open stays in memory while it is locked, but the address of where the person was. */
  #forget(): void {
    this.me = this.status = undefined;
    this.notices = [];
    this.router.forget();
    this.lasting.forget();
    this.toasts.forget();
    this.#outside.forget();
    this.#unreachable = undefined;
  }

  /** Somebody has read what became of the damaged database. */
  async rescueRead(): Promise<void> {
    await this.ask('rescue_read', {});
    this.rescue = null;
  }

  /** Somebody has looked at the list of notices. */
  async noticesSeen(): Promise<void> {
    if (await this.ask('notices_seen', {})) {
      this.notices = this.notices.map((line) => ({ ...line, is_new: false }));
    }
  }

  /**
   * Tells the device that somebody is there, so that it does not lock, and that the network is back. Who brings the
   * window to the front wants to see what is new: no system tells of every return.
   */
  #touch(): () => void {
    let last = 0;
    const touched = (): void => {
      if (Date.now() - last < TOUCH_EVERY_MS) return;
      last = Date.now();
      void this.#read(() => this.backend.ask('touch', {}));
    };
    const returned = (): void => void this.#read(() => this.backend.ask('network_returned', {}));
    window.addEventListener('pointerdown', touched);
    window.addEventListener('keydown', touched);
    window.addEventListener('online', returned);
    window.addEventListener('focus', returned);
    return () => {
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('keydown', touched);
      window.removeEventListener('online', returned);
      window.removeEventListener('focus', returned);
    };
  }

  /** Reads what belongs to open work. An answer that comes once it is locked is nobody's any more. */
  #reading<Name extends 'me' | 'sync_status' | 'notices'>(
    name: Name,
    take: (answer: Calls[Name]['answer']) => void,
  ): () => Promise<void> {
    return again(() =>
      this.#read(async () => {
        const answer = await this.backend.ask(name, {});
        if (hasWork(this.stage)) take(answer);
      }),
    );
  }

  /** Calls `reread` when one of these records may have changed, or any without them, until the answer is called. */
  onChange(reread: (event: AppEvent) => void, documents?: () => readonly DocumentId[]): () => void {
    const listener = (event: AppEvent): void => {
      if (concerns(event, documents?.())) reread(event);
    };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls `listener` with how far an import is, until the answer is called. */
  onImport(listener: (progress: ImportProgress) => void): () => void {
    const heard = (event: AppEvent): void => {
      if (event.event === 'import') listener(event.progress);
    };
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  /** Leaves a link out of the app to the system. */
  follow(link: string): void {
    void follow(link, this.backend, this.said);
  }

  /** Writes a file where people look for what they saved; answers where, when this window is to say it. */
  async keepFile(name: string, text: string): Promise<string | undefined> {
    try {
      return await this.backend.keepFile(name, text);
    } catch (thrown) {
      this.#failed(thrown);
      return undefined;
    }
  }

  /** Asks the device. What went wrong `failed` is told, and a toast says it without; nothing was changed then. */
  async ask<Name extends CallName>(
    name: Name,
    asked: Calls[Name]['asked'],
    failed?: (problem: Problem) => void,
  ): Promise<Calls[Name]['answer'] | undefined> {
    try {
      return await this.backend.ask(name, asked);
    } catch (thrown) {
      if (failed) failed(CallError.from(thrown).problem);
      else this.#failed(thrown);
      return undefined;
    }
  }

  #failed(thrown: unknown): void {
    const { problem } = CallError.from(thrown);
    const said = this.said.say(problemText(problem));
    const isAway = problem.code === 'relay' && problem.trouble.what === 'unreachable';
    if (isAway && this.said === this.toasts) this.#unreachable = said;
  }

  #stands(status: SyncView): void {
    this.status = status;
    if (status.connection.is !== 'in_step' || this.#unreachable === undefined) return;
    this.toasts.dismiss(this.#unreachable);
    this.#unreachable = undefined;
  }

  /** How far a record is: what is packed for the office is on its way only while something is sent. */
  standing(standing: Standing): Standing {
    const isSent = this.status?.connection.is === 'sending';
    return standing === 'sending' && !isSent ? 'on_device' : standing;
  }

  /** What is said where the person is: in the work, or before it is open. */
  get said(): Toasts {
    return hasWork(this.stage) ? this.toasts : this.#outside;
  }

  /** Says what was done, with the way back; `what` is said to be put back. */
  done(text: string, done: Done, what = text): void {
    const page = this.#pageOf(done);
    this.did(text, (failed) => this.ask('undo', done, failed), what, page);
  }

  /** The page of the record that was written, when it is done there. */
  #pageOf({ records }: Done): string | undefined {
    const [, section, document] = this.router.path.split('/');
    return records.some((record) => record.document === document) ? `/${section}/${document}` : undefined;
  }

  /**
   * As `done`, of what has a way back of its own; `back` tells `failed` when it did not work. Whoever takes it back
   * from elsewhere is led to the `page` where it was done.
   */
  did(
    text: string,
    back: (failed: (problem: Problem) => void) => Promise<unknown>,
    what = text,
    page?: string,
  ): void {
    this.toasts.done(text, async () => {
      const problems: Problem[] = [];
      await back((problem) => {
        this.#failed(new CallError(problem));
        problems.push(problem);
      });
      if (problems.length > 0) return problems.every(passes) ? 'stands' : 'never';
      if (page === undefined || this.router.path.startsWith(page)) this.toasts.say(m.undone({ what }));
      else this.toasts.tell(m.undone_there({ what }), hrefOf(page));
      return 'taken_back';
    });
  }

  /** Says that somebody decided, which nothing takes back. */
  decided(text: string): void {
    this.toasts.settled(text, m.decided_for_good());
  }

  async #read(read: () => Promise<unknown>): Promise<void> {
    try {
      await read();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }
}

function concerns(event: AppEvent, documents: readonly DocumentId[] | undefined): boolean {
  switch (event.event) {
    case 'everything':
      return true;
    case 'records':
      return documents === undefined || event.records.some((one) => documents.includes(one.document));
    case 'sync':
    case 'stage':
    case 'notice':
    case 'import':
      return false;
  }
}

type Joined = 'awaiting_confirmation' | 'first_sync' | 'open';

/** Whether the device is known to be one of an office. */
function hasJoined(stage: Stage | undefined): stage is Extract<Stage, { is: Joined }> {
  return stage?.is === 'awaiting_confirmation' || stage?.is === 'first_sync' || stage?.is === 'open';
}

/** Whether there is work to show: from the first page of the first sync on. */
function hasWork(stage: Stage | undefined): boolean {
  return stage?.is === 'open' || (stage?.is === 'first_sync' && stage.usable);
}

export const [useApp, provideApp] = createContext<App>();
