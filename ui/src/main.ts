import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import { bridge } from '$lib/backend/bridge';
import { inWindow, tauri } from '$lib/backend/tauri';
import Root from './routes/Root.svelte';

mount(Root, { target: document.body, props: { backend: inWindow() ? tauri() : bridge() } });
