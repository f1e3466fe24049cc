import { mount } from 'svelte';
import App from './App.svelte';
import { createClients } from './lib/api.ts';
import type { Clients } from './lib/clients.ts';
import { Session } from './lib/session/session.svelte.ts';
import './styles/console.css';

let session: Session | undefined;
const clients: Clients = createClients(() => session?.expired());
session = new Session(clients.session);

const target = document.getElementById('app');
if (target) mount(App, { target, props: { clients, session } });
