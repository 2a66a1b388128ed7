// The app on a backend in memory. `?world=` chooses the day it begins with, `?role=` who works.
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import { mount } from 'svelte';
import Root from '../src/routes/Root.svelte';
import * as worlds from '../tests/memory/demo';
import { MemoryBackend } from '../tests/memory/memory';

const query = new URLSearchParams(location.search);
const known = { morning: worlds.morning, noon: worlds.noon, dayOff: worlds.dayOff, trouble: worlds.trouble };
const name = query.get('world');
const backend = new MemoryBackend(Object.entries(known).find(([one]) => one === name)?.[1] ?? worlds.morning);
const role = query.get('role');
if (role) backend.world.me.roles = [role];

// Page tests reach the backend here, to play the office.
Object.assign(window, { backend });
mount(Root, { target: document.body, props: { backend } });
