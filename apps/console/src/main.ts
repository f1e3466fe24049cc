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

// Only where the browser allows it (HTTPS, localhost); the page works without. Parts that were asked for before the worker
// stood, even those that arrive after, are fetched once more by name, so that they are kept too.
if ('serviceWorker' in navigator) {
  const { serviceWorker } = navigator;
  const asked = new Set<string>();
  const keep = async () => {
    await serviceWorker.register(`${BASE}sw.js`);
    if (!serviceWorker.controller)
      await new Promise((taken) => serviceWorker.addEventListener('controllerchange', taken, { once: true }));
    const arrived = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        if (!name.includes(`${BASE}assets/`) || asked.has(name)) continue;
        asked.add(name);
        void fetch(name).catch(() => asked.delete(name));
      }
    });
    arrived.observe({ type: 'resource', buffered: true });
  };
  addEventListener('load', () => void keep().catch(() => undefined));
}
