/** The photos of a record: adding, captions, taking out, and their pictures. */
import type { App } from '$lib/app/app.svelte';
import type { ChangeHash, DocumentId, PhotoView } from '$lib/bindings';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { writes } from '$lib/records/writes';
import { m } from '$lib/words';
import { addressOf, pictureOf } from './picture';

export class Photos {
  #app: App;
  #document: DocumentId;
  #heads: () => ChangeHash[];
  /** Shows one, with the heads of the page it was opened from. */
  readonly sheet: OpenSheet<{ photo: PhotoView; seen: ChangeHash[] }>;

  constructor(app: App, document: DocumentId, heads: () => ChangeHash[]) {
    this.#app = app;
    this.#document = document;
    this.#heads = heads;
    this.sheet = new OpenSheet(app, `photo ${document}`);
  }

  open(photo: PhotoView): void {
    this.sheet.open({ photo, seen: this.#heads() });
  }

  /** Whether its caption may be written and the photo taken out: by who took it, or by who reviews. */
  corrects({ by }: PhotoView): boolean {
    const { me } = this.#app;
    return me !== undefined && (by?.document === me.employee.document || me.abilities.includes('review'));
  }

  /** Adds those that can be shown, and says which cannot. */
  async add(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const picture = await pictureOf(file).catch(() => undefined);
      if (!picture) {
        this.#app.toasts.say(m.problem_photo_damaged({ name: file.name }));
        continue;
      }
      const done = await this.#app.ask('add_photo', { document: this.#document, ...picture });
      if (done) this.#app.done(m.done_photo_added(), done);
    }
  }

  /** Where the window shows a photo from; nothing for one that is not on this device. */
  async address(sha256: PhotoView['sha256'], size: 'small' | 'whole'): Promise<string | undefined> {
    if (sha256 === null) return undefined;
    const content = await this.#app.ask('photo', { sha256, small: size === 'small' });
    return content ? addressOf(content) : undefined;
  }

  /** Writes what a photo shows, and closes it. */
  async caption(photo: PhotoView, caption: string): Promise<void> {
    if (caption.trim() === (photo.caption ?? '')) {
      this.sheet.close();
      return;
    }
    const correct = [{ field: 'photos', row: photo.row, column: 'caption', value: caption.trim() || null }];
    const seen = this.sheet.of?.seen ?? this.#heads();
    const asked = { document: this.#document, seen, writes: writes({ correct }) };
    const done = await this.sheet.answer((form) => this.#app.ask('edit_record', { ...asked, form }));
    if (done) this.#app.done(m.done_photo_captioned(), done);
  }

  async takeOut(photo: PhotoView): Promise<void> {
    const asked = { document: this.#document, field: 'photos', row: photo.row, why: m.why_photo() };
    const done = await this.sheet.answer((form) => this.#app.ask('withdraw_row', { ...asked, form }));
    if (done) this.#app.done(m.done_photo_taken_out(), done);
  }
}
