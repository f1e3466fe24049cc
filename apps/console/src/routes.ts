/** The one file that knows paths: what stands where, and which permission opens it. */
import type { Permission } from '@anyuan/contracts';

export const BASE = '/console/';

export type ScreenId = 'gate' | 'pickup' | 'cards' | 'alarm' | 'devices';
export type NavId = 'gate' | 'pickup' | 'alarm' | 'devices';

interface Entry {
  path: string;
  permission: Permission;
  /** Lights up in the navigation. */
  nav: NavId;
}

export const routes = {
  gate: { path: 'gate', permission: 'visit.read', nav: 'gate' },
  pickup: { path: 'pickup', permission: 'handOver.read', nav: 'pickup' },
  cards: { path: 'pickup/cards', permission: 'card.write', nav: 'pickup' },
  alarm: { path: 'alarm', permission: 'alarm.read', nav: 'alarm' },
  devices: { path: 'devices', permission: 'device.read', nav: 'devices' },
} as const satisfies Record<ScreenId, Entry>;

const NAV: readonly NavId[] = ['gate', 'pickup', 'alarm', 'devices'];

export type Place =
  | { screen: ScreenId; incident: string | null }
  /** The base itself: whoever comes here is sent to his first screen. */
  | { screen: 'home' }
  | { screen: 'unknown' };

export type Verdict = { show: 'screen'; screen: ScreenId } | { show: 'forbidden' } | { show: 'unknown' };

export const navFor = (permissions: readonly Permission[]): NavId[] =>
  NAV.filter((id) => permissions.includes(routes[id].permission));

export const hrefOf = (screen: ScreenId, incident?: string): string =>
  `${BASE}${routes[screen].path}${screen === 'alarm' && incident ? `/${incident}` : ''}`;

export function placeOf(pathname: string): Place {
  if (`${pathname}/` === BASE || pathname === BASE) return { screen: 'home' };
  if (!pathname.startsWith(BASE)) return { screen: 'unknown' };
  const path = pathname.slice(BASE.length).replace(/\/+$/, '');
  const incident = /^alarm\/([0-9a-f-]{36})$/.exec(path)?.[1];
  if (incident) return { screen: 'alarm', incident };
  const found = (Object.keys(routes) as ScreenId[]).find((id) => routes[id].path === path);
  return found ? { screen: found, incident: null } : { screen: 'unknown' };
}

export function verdictOn(place: Place, permissions: readonly Permission[]): Verdict {
  if (place.screen === 'unknown') return { show: 'unknown' };
  if (place.screen === 'home') {
    const first = navFor(permissions)[0];
    return first ? { show: 'screen', screen: first } : { show: 'forbidden' };
  }
  return permissions.includes(routes[place.screen].permission)
    ? { show: 'screen', screen: place.screen }
    : { show: 'forbidden' };
}
