/** The device behind the window: commands and events of src-tauri. The only file that speaks Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { AppEvent } from '$lib/bindings';
import { type Backend, CallError, type Link } from './backend';

/** Whether this page runs in the window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

export function tauri(): Backend {
  return {
    async ask(name, asked) {
      try {
        return await invoke(name, { asked });
      } catch (thrown) {
        throw CallError.from(thrown);
      }
    },
    listen(listener) {
      const stop = listen<AppEvent>('app', (event) => listener(event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
    links(listener) {
      const take = async (): Promise<void> => {
        const link = await invoke<Link | null>('take_link');
        if (link) listener(link);
      };
      const stop = listen('link', () => void take());
      void take();
      return () => void stop.then((unlisten) => unlisten());
    },
    openLink: (link) => invoke<boolean>('open_link', { link }).catch(() => false),
    async keepFile(name, text) {
      try {
        return await invoke<string>('keep_file', { name, text });
      } catch (thrown) {
        throw CallError.from(thrown);
      }
    },
    speak: (language) => void invoke('speak', { lang: language }),
  };
}
