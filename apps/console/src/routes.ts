/**
 * The one file that knows paths: what stands where, and which permission opens it. A screen that nobody has built yet
 * (`screens/registry.ts`) has no link and no page.
 */
import type { Permission } from '@anyuan/contracts';

export const BASE = '/console/';

const NAV = ['home', 'gate', 'pickup', 'alarm', 'term', 'training', 'hazards', 'devices'] as const;
export type NavId = (typeof NAV)[number];
/** What a person does for himself, with a phone in his hand. */
const OWN = ['confirm', 'roll', 'evacuation', 'expected', 'patrol', 'mend', 'mine'] as const;
export type OwnId = (typeof OWN)[number];

interface Entry {
  path: string;
  /** Any one of them opens it. */
  permission: readonly [Permission, ...Permission[]];
  /** Lights up in the navigation; null is a page for a phone in the hand, without the navigation. */
  nav: NavId | null;
  /** The address goes on with an id: a UUID, or a word of the school such as a class. */
  id?: { kind: 'uuid' | 'word'; needed: boolean };
}

const uuid = { kind: 'uuid', needed: true } as const;

export const routes = {
  home: { path: 'today', permission: ['drill.plan', 'hazard.read'], nav: 'home' },
  gate: { path: 'gate', permission: ['visit.read'], nav: 'gate' },
  onSite: { path: 'gate/on-site', permission: ['visit.read'], nav: 'gate' },
  dayBook: { path: 'gate/book', permission: ['visit.read'], nav: 'gate' },
  visitor: { path: 'gate/visitor', permission: ['visit.read'], nav: 'gate', id: uuid },
  contradictions: { path: 'gate/check', permission: ['visit.settle'], nav: 'gate' },
  gateRecords: { path: 'gate/records', permission: ['visit.audit'], nav: 'gate' },
  asking: { path: 'gate/asking', permission: ['visit.policy'], nav: 'gate' },
  shifts: { path: 'gate/shifts', permission: ['shift.read'], nav: 'gate' },
  facilities: { path: 'gate/facilities', permission: ['facility.read'], nav: 'gate' },
  permits: { path: 'gate/permits', permission: ['permit.read'], nav: 'gate' },
  vehicles: { path: 'gate/vehicles', permission: ['vehicle.read'], nav: 'gate' },
  /** The entries themselves say who may see them; the id is a hit's. */
  watchlist: { path: 'watchlist', permission: ['watchlist.named'], nav: 'gate', id: { kind: 'uuid', needed: false } },
  bookings: { path: 'gate/bookings', permission: ['booking.read'], nav: 'gate' },
  pickup: { path: 'pickup', permission: ['handOver.read'], nav: 'pickup' },
  cards: { path: 'pickup/cards', permission: ['card.write'], nav: 'pickup' },
  alarm: { path: 'alarm', permission: ['alarm.read'], nav: 'alarm', id: { kind: 'uuid', needed: false } },
  term: { path: 'drills', permission: ['drill.read'], nav: 'term' },
  calendar: { path: 'drills/calendar', permission: ['drill.read'], nav: 'term' },
  setup: { path: 'drills/setup', permission: ['drill.plan'], nav: 'term' },
  findings: { path: 'drills/findings', permission: ['drill.read'], nav: 'term' },
  drill: { path: 'drills', permission: ['drill.read'], nav: 'term', id: uuid },
  plans: { path: 'plans', permission: ['drill.read'], nav: 'term' },
  plan: { path: 'plans', permission: ['drill.read'], nav: 'term', id: uuid },
  patrols: { path: 'patrols', permission: ['patrol.read'], nav: 'term' },
  training: { path: 'training', permission: ['training.read'], nav: 'training' },
  people: { path: 'training/people', permission: ['training.read'], nav: 'training' },
  person: {
    path: 'training/person',
    permission: ['training.read'],
    nav: 'training',
    id: { kind: 'word', needed: true },
  },
  courses: { path: 'training/courses', permission: ['training.read'], nav: 'training' },
  education: { path: 'training/education', permission: ['training.read'], nav: 'training' },
  staffing: { path: 'training/staffing', permission: ['training.read'], nav: 'training' },
  equipment: { path: 'training/equipment', permission: ['training.read'], nav: 'training' },
  hazards: { path: 'hazards', permission: ['hazard.read'], nav: 'hazards' },
  /** Also for him who reported it or must mend it; the service knows whose it is. */
  hazard: { path: 'hazards', permission: ['hazard.read', 'hazard.report'], nav: 'hazards', id: uuid },
  devices: { path: 'devices', permission: ['device.read'], nav: 'devices' },
  channels: { path: 'devices/channels', permission: ['channel.read'], nav: 'devices' },
  roll: { path: 'roll', permission: ['drill.roll'], nav: null, id: { kind: 'word', needed: false } },
  evacuation: { path: 'evacuation', permission: ['visit.roll'], nav: null, id: { kind: 'uuid', needed: false } },
  expected: { path: 'expected', permission: ['booking.own'], nav: null },
  patrol: { path: 'patrol', permission: ['patrol.sign'], nav: null },
  confirm: { path: 'confirm', permission: ['visit.confirm'], nav: null },
  mend: { path: 'mend', permission: ['hazard.report'], nav: null },
  mine: { path: 'mine', permission: ['training.own'], nav: null },
} as const satisfies Record<string, Entry>;

export type ScreenId = keyof typeof routes;
const entries = Object.entries(routes) as [ScreenId, Entry][];

export type Place =
  | { screen: ScreenId; id: string | null }
  /** The base itself: whoever comes here is sent to his first screen. */
  | { screen: 'base' }
  | { screen: 'unknown' };

export type Verdict = { show: 'screen'; screen: ScreenId } | { show: 'forbidden' } | { show: 'unknown' };

export const opens = (screen: ScreenId, permissions: readonly Permission[]): boolean =>
  routes[screen].permission.some((p) => permissions.includes(p));

type Built = readonly ScreenId[];
export const navFor = (permissions: readonly Permission[], built: Built): NavId[] =>
  NAV.filter((id) => built.includes(id) && opens(id, permissions));
export const ownFor = (permissions: readonly Permission[], built: Built): OwnId[] =>
  OWN.filter((id) => built.includes(id) && opens(id, permissions));

export function hrefOf(screen: ScreenId, id?: string): string {
  const entry: Entry = routes[screen];
  return `${BASE}${entry.path}${entry.id && id ? `/${encodeURIComponent(id)}` : ''}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf(entry: Entry, path: string): string | null {
  if (!entry.id || !path.startsWith(`${entry.path}/`)) return null;
  const written = path.slice(entry.path.length + 1);
  if (entry.id.kind === 'uuid') return UUID.test(written) ? written : null;
  if (written === '' || written.includes('/')) return null;
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

export function placeOf(pathname: string): Place {
  if (`${pathname}/` === BASE || pathname === BASE) return { screen: 'base' };
  if (!pathname.startsWith(BASE)) return { screen: 'unknown' };
  const path = pathname.slice(BASE.length).replace(/\/+$/, '');
  const exact = entries.find(([, entry]) => entry.path === path && !entry.id?.needed);
  if (exact) return { screen: exact[0], id: null };
  for (const [screen, entry] of entries) {
    const id = idOf(entry, path);
    if (id !== null) return { screen, id };
  }
  return { screen: 'unknown' };
}

export function verdictOn(place: Place, permissions: readonly Permission[], built: Built): Verdict {
  if (place.screen === 'base') {
    const first = navFor(permissions, built)[0] ?? ownFor(permissions, built)[0];
    return first ? { show: 'screen', screen: first } : { show: 'forbidden' };
  }
  if (place.screen === 'unknown' || !built.includes(place.screen)) return { show: 'unknown' };
  return opens(place.screen, permissions) ? { show: 'screen', screen: place.screen } : { show: 'forbidden' };
}
