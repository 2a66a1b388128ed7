// The app over the bridge, speaking the padded language too. It is served by the bridge of the tests.
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import { mount } from 'svelte';
import { bridge } from '$lib/backend/bridge';
import Root from '../src/routes/Root.svelte';

mount(Root, { target: document.body, props: { backend: bridge() } });
