/**
 * What a person calls a device. A school's own name stands as it is; a device that nobody named carries its id (东门
 * button-1), and is called by its kind and place instead. Broadcast speakers answer as sirens do, but nobody calls them so.
 */
import type { DeviceKind, DeviceStatus } from '@anyuan/contracts';

export interface DeviceWords {
  kinds: Record<DeviceKind, string>;
  broadcast: string;
}
export type Named = Pick<DeviceStatus, 'device' | 'kind' | 'name' | 'zoneName'>;

const BROADCAST = /广播|音柱|喇叭|broadcast|speaker/i;

const kindOf = ({ kind, name }: Named, words: DeviceWords): string =>
  kind === 'siren' && BROADCAST.test(name) ? words.broadcast : words.kinds[kind];

/** One space between Hanzi and Latin letters or digits, none between Hanzi. */
const joined = (a: string, b: string): string => (/\w$/.test(a) || /^\w/.test(b) ? `${a} ${b}` : a + b);

/** 北门警灯 L-03 in 北门 is 警灯 L-03; 东门 button-1 is 报警按钮, and button-2 报警按钮 2. */
export function nameInZone(device: Named, words: DeviceWords): string {
  const { name, zoneName } = device;
  const rest = (name.startsWith(zoneName) ? name.slice(zoneName.length) : name).trim();
  if (rest === '') return kindOf(device, words);
  const unnamed = rest === device.device || device.device.endsWith(`-${rest}`);
  if (!unnamed) return rest;
  const number = Number(/\d+$/.exec(rest)?.[0] ?? 1);
  return number > 1 ? `${kindOf(device, words)} ${number}` : kindOf(device, words);
}

/** The same with its place, for lists of the whole school. */
export function fullName(device: Named, words: DeviceWords): string {
  const own = nameInZone(device, words);
  return device.name.startsWith(device.zoneName) && device.name.endsWith(own)
    ? device.name
    : joined(device.zoneName, own);
}

/** What to add after a name that does not say what the thing is; null when it does. */
export function kindBeside(device: Named, words: DeviceWords): string | null {
  const kind = kindOf(device, words);
  return nameInZone(device, words).includes(kind) ? null : kind;
}
