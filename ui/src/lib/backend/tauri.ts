/** The backend of the window: commands and events of src-tauri. The only file that speaks Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backend } from './backend';
import { remote } from './remote';
import type { Change } from './views';

/** Whether this page runs in the window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

export function tauri(): Backend {
  return remote({
    call: (command, args) => invoke(command, args),
    listen(listener) {
      const stop = listen<Change>('changed', (event) => listener(event.payload));
      return () => void stop.then((unlisten) => unlisten());
    },
  });
}
