import { mount } from 'svelte';
import { visitClient } from './client.ts';
import VisitPage from './VisitPage.svelte';

const given = /\/visit\/([A-Za-z0-9_-]{43})\/?$/.exec(location.pathname)?.[1] ?? null;
const target = document.getElementById('app');
if (target) mount(VisitPage, { target, props: { client: visitClient, given, now: Date.now } });
