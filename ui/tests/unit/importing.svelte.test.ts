/** What is imported is what the preview shows, however fast somebody changes how the file is read. */
import { expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import type { FileToImport } from '$lib/bindings';
import { Toasts } from '$lib/components/toasts.svelte';
import { Importing } from '../../src/features/importing/importing.svelte';

/** A file of two columns, on a device that looks at it when it is let and cannot read it as UTF-16. */
async function chosen() {
  const waiting: (() => void)[] = [];
  const imported: FileToImport[] = [];
  async function ask(call: string, file: FileToImport): Promise<unknown> {
    if (call === 'import_file') {
      imported.push(file);
      return { records: 1, refused: 0 };
    }
    if (call !== 'look_at_import') return [];
    await new Promise<void>((go) => waiting.push(go));
    const { encoding = 'utf8', columns = [null, null] } = file.read_as ?? {};
    if (encoding === 'utf16') throw new Error('no letters');
    return { encoding, columns: columns.map((holds) => ({ heading: '', example: '', holds })) };
  }
  const toasts = new Toasts(() => 'import');
  const app = { ask, backend: { ask }, toasts };
  const importing = new Importing(app as unknown as App);
  const letGo = async (): Promise<void> => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    waiting.shift()?.();
  };
  const choosing = importing.choose(new File(['a;b'], 'customers.csv'));
  await letGo();
  await choosing;
  return { importing, imported, letGo, toasts };
}

it('keeps each of the columns that were chosen while the file was being read', async () => {
  const { importing, imported, letGo } = await chosen();
  const both = [importing.hold(0, 'name'), importing.hold(1, 'phone')];
  await letGo();
  await letGo();
  await Promise.all(both);
  expect(importing.look?.columns.map(({ holds }) => holds)).toEqual(['name', 'phone']);
  await importing.import();
  expect(imported[0]?.read_as?.columns).toEqual(['name', 'phone']);
});

it('shows nothing of a reading that another took the place of', async () => {
  const { importing, letGo } = await chosen();
  const both = [importing.readAs({ encoding: 'windows1251' }), importing.readAs({ encoding: 'utf8' })];
  await letGo();
  await both[0];
  expect([importing.doing, importing.look?.encoding]).toEqual(['reading', 'utf8']);
  await letGo();
  await Promise.all(both);
  expect([importing.doing, importing.look?.encoding]).toEqual(['nothing', 'utf8']);
});

it('imports what stands on the screen when the file cannot be read in another way', async () => {
  const { importing, imported, letGo } = await chosen();
  const reading = importing.readAs({ encoding: 'utf16' });
  await letGo();
  await reading;
  expect([importing.trouble === undefined, importing.look?.encoding]).toEqual([false, 'utf8']);
  await importing.import();
  expect(imported.map((file) => file.read_as?.encoding)).toEqual([undefined]);
});

it('shows nothing of a file that was given up while it was being read', async () => {
  const { importing, letGo } = await chosen();
  const reading = importing.readAs({ encoding: 'windows1251' });
  importing.forget();
  expect(importing.doing).toBe('nothing');
  await letGo();
  await reading;
  expect([importing.look, importing.name]).toEqual([undefined, '']);
});

it('says where it is taken back to whoever would, and takes back nothing older in its place', async () => {
  const { importing, toasts } = await chosen();
  const back = vi.fn();
  toasts.done('Роботу записано', back);
  await importing.import();
  toasts.undo();
  expect(back).not.toHaveBeenCalled();
  expect(toasts.shown.at(-1)?.text).toContain('customers.csv');
});
