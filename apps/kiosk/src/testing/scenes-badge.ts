/** A visitor's badge: on its way, out, and each thing that a printer lacks. */
import type { BadgeEvent, KioskDevice, KioskEvent, KioskStatus } from '@anyuan/contracts';
import { agreed, at, presented, status } from './data.ts';
import type { Scene } from './scenes.ts';

export const BADGE_VISIT = '019ab000-0000-7000-8000-0000000000ba';

const printer = (change: Partial<KioskDevice> = {}): KioskDevice => ({
  ...{ id: 'printer-1', driver: 'escpos', name: '访客证打印机', state: 'ok', since: at(300 * 60_000), fault: null },
  ...change,
});
export const withPrinter = (change: Partial<KioskDevice> = {}): KioskStatus =>
  status({ devices: [...status().devices, printer(change)] });
export const badge = (state: BadgeEvent['state'], fault: string | null = null, cut = false): BadgeEvent => ({
  ...{ type: 'badge', visit: BADGE_VISIT, at: at(0), state, fault, cut },
});

const show: KioskEvent = { type: 'presented', presented: presented() };
const admitted = (...after: KioskEvent[]): Scene => ({
  ...{ status: withPrinter(), events: [show], touch: ['无违禁品', '放行'], after },
  answers: { ...agreed, admit: async () => ({ visit: BADGE_VISIT, number: 'E1123-008', ticket: null, synced: true }) },
});

export const badgeScenes: Record<string, Scene> = {
  'admitted-badge-printing': admitted(badge('printing')),
  'admitted-badge': admitted(badge('printed')),
  'admitted-badge-paper': admitted(badge('failed', 'paperOut', true)),
  'visits-badge': { status: withPrinter(), touch: ['访客离校', '0', '0', '3'] },
  'devices-printer': { status: withPrinter({ state: 'fault', fault: 'coverOpen' }), touch: ['更多', '本门设备'] },
  'idle-paper-low': { status: withPrinter({ fault: 'paperLow' }) },
  'idle-printer-off': { status: withPrinter({ state: 'away', fault: 'portLost' }) },
};
