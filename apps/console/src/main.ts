import { mount } from 'svelte';
import App from './App.svelte';
import { createClients } from './lib/api.ts';
import type { Clients } from './lib/clients.ts';
import { Session } from './lib/session/session.svelte.ts';
import { BASE } from './routes.ts';
import './styles/console.css';

let session: Session | undefined;
const clients: Clients = createClients(() => session?.expired());
session = new Session(clients.session);

const target = document.getElementById('app');
if (target) mount(App, { target, props: { clients, session } });

// Only where the browser allows it (HTTPS, localhost); the page works without. The parts that this page has loaded before
// it stood are fetched once more by name, so that they are kept too.
if ('serviceWorker' in navigator) {
  const { serviceWorker } = navigator;
  const keep = async () => {
    await serviceWorker.register(`${BASE}sw.js`);
    if (!serviceWorker.controller)
      await new Promise((taken) => serviceWorker.addEventListener('controllerchange', taken, { once: true }));
    const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
    await Promise.all(parts.filter((name) => name.includes(`${BASE}assets/`)).map((name) => fetch(name)));
  };
  addEventListener('load', () => void keep().catch(() => undefined));
}
