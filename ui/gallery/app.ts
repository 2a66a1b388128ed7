// The app over the bridge, speaking the padded language too. It is served by the bridge of the tests, which
// change the language of what is on the screen by `speak`.
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import { mount } from 'svelte';
import { bridge } from '$lib/backend/bridge';
import { speak } from '$lib/words';
import Root from '../src/routes/Root.svelte';

Object.assign(window, { speak });
mount(Root, { target: document.body, props: { backend: bridge() } });
