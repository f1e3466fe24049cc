/** `fixtures.html?scene=exercise&path=alarm&theme=night&lang=en`: a view with invented data, on the development server only. */
import { setLanguage } from '@anyuan/ui';
import { mount } from 'svelte';
import App from '../App.svelte';
import { Session } from '../lib/session/session.svelte.ts';
import VisitPage from '../visit/VisitPage.svelte';
import { bookings } from './bookings-fixtures.ts';
import { channelsScene } from './channels-fixtures.ts';
import { dayBookScene } from './day-book-fixtures.ts';
import { drillsScene, runningDrill } from './drills-fixtures.ts';
import * as made from './fixtures.ts';
import { hazards } from './hazards-fixtures.ts';
import { memoryVisit } from './memory-bookings.ts';
import { emptyScene, memoryClients, type Scene } from './memory-clients.ts';
import { atTheGate } from './memory-confirm.ts';
import { contradictionsScene } from './memory-contradictions.ts';
import { watchlistScene } from './memory-watchlist.ts';
import { permitsScene } from './permits-fixtures.ts';
import { matrixOf, trainingScene } from './training-fixtures.ts';
import '../styles/console.css';

const now = Date.now();
const full: Partial<Scene> = {
  devices: made.devices(now),
  visits: made.visits(now),
  dayBook: dayBookScene(now, made.visits(now)),
  handOvers: made.handOvers(now),
  cards: made.cards(now),
  bookings: bookings(now),
  history: made.history(now),
  incidents: made.pastIncidents(now),
  drills: drillsScene(now),
  hazards: hazards(now),
  channels: channelsScene(now),
  contradictions: contradictionsScene(now),
  permits: permitsScene(now),
  training: trainingScene(now),
  watchlist: watchlistScene(now),
};
const withIncidents = (...running: ReturnType<typeof made.incident>[]): Partial<Scene> => ({
  ...full,
  incidents: [...running, ...made.pastIncidents(now)],
});
const scenes: Record<string, Partial<Scene>> = {
  calm: full,
  demo: { ...full, demo: true },
  empty: {},
  actual: withIncidents(made.incident(now)),
  exercise: withIncidents(made.incident(now, { mode: 'exercise', secondsAgo: 71 })),
  drilling: {
    ...withIncidents({
      ...made.incident(now, { mode: 'exercise', secondsAgo: 97 }),
      incident: runningDrill(now).incident ?? '',
    }),
    drills: { ...drillsScene(now), running: runningDrill(now) },
  },
  rolling: {
    ...withIncidents({
      ...made.incident(now, { mode: 'exercise', secondsAgo: 97 }),
      incident: runningDrill(now).incident ?? '',
    }),
    role: 'teacher',
    drills: { ...drillsScene(now), running: runningDrill(now) },
  },
  matrix30: { ...full, training: { ...trainingScene(now), matrix: matrixOf(now, 30, 40) } },
  matrix300: { ...full, training: { ...trainingScene(now), matrix: matrixOf(now, 300, 40) } },
  dayBook30: { ...full, dayBook: dayBookScene(now, made.visits(now), 30) },
  dayBook2000: { ...full, dayBook: dayBookScene(now, made.visits(now), 2000) },
  principal: { ...full, role: 'principal' },
  teacher: { ...full, role: 'teacher' },
  asked: { ...full, role: 'teacher', atTheGate: atTheGate(now, made.visits(now).slice(0, 1)) },
  test: withIncidents(made.incident(now, { mode: 'test', secondsAgo: 9, missing: 1 })),
  stoodDown: withIncidents(made.incident(now, { status: 'stoodDown', secondsAgo: 320 })),
  several: withIncidents(made.incident(now), made.incident(now, { mode: 'test', secondsAgo: 20, missing: 0 })),
  silent: { ...full, stream: 'silent' },
  silentAlarm: { ...withIncidents(made.incident(now)), stream: 'silent' },
  noAlarms: { ...full, stream: 'noAlarms' },
  refusing: { refusing: true },
  slow: { slow: true },
  away: { away: true },
  signedOut: { ...full, role: null, demo: true },
  wrong: { ...full, role: null, signIn: 'wrong' },
  guardCalm: { ...full, role: 'guard' },
  guard: { ...withIncidents(made.incident(now)), role: 'guard' },
};

const asked = new URLSearchParams(location.search);
if (!asked.get('visit')) history.replaceState(null, '', `/console/${asked.get('path') ?? ''}`);
localStorage.setItem('anyuan.theme', asked.get('theme') ?? 'day');
setLanguage(asked.get('lang') === 'en' ? 'en' : 'zh');
const scene = scenes[asked.get('scene') ?? 'calm'] ?? {};
/** The page without sign-in: what it meets, and whether it has a token. */
const visitor = asked.get('visit');
const { clients, hand } = memoryClients({ ...emptyScene, ...scene });
Object.assign(window, { hand, made });
const target = document.getElementById('app');
if (target && visitor)
  mount(VisitPage, { target, props: { client: memoryVisit(visitor), given: asked.get('token'), now: Date.now } });
else if (target) mount(App, { target, props: { clients, session: new Session(clients.session) } });
