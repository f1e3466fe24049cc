import './app.css';
import { language, setLanguage } from '@anyuan/ui';
import { mount } from 'svelte';
import App from './App.svelte';
import { readyFonts } from './lib/fonts.ts';
import { applyScreen } from './lib/screen.ts';
import { connectAgent } from './lib/trpc-client.ts';

setLanguage(language());
applyScreen();
readyFonts();

const target = document.getElementById('app');
if (target) mount(App, { target, props: { client: connectAgent(new URL('/trpc', location.href).href) } });
