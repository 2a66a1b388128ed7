// Every component in every state. `?theme=`, `?density=`, `?locale=` set the page.
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import { isLocale, speak } from '$lib/words';
import { mount } from 'svelte';
import Gallery from './Gallery.svelte';

const query = new URLSearchParams(location.search);
document.documentElement.dataset.theme = query.get('theme') ?? 'light';
document.documentElement.dataset.density = query.get('density') ?? 'office';
const locale = query.get('locale');
if (isLocale(locale)) speak(locale);
Object.assign(window, { speak });
mount(Gallery, { target: document.body });
