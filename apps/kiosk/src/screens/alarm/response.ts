/** The 1-3-5 clock in words and stops: pure functions of (incident, now, words). */
import type { DeviceKind, IncidentView, MissingDevice, ResponseStep } from '@anyuan/contracts';
import type { IconName, RouteStop } from '@anyuan/ui';
import { type Catalogue, clockSeconds, duration } from '@anyuan/ui/text';

export const deviceIcons: Record<DeviceKind, IconName> = {
  button: 'button',
  cardReader: 'pickup',
  display: 'display',
  door: 'door',
  idReader: 'id',
  kiosk: 'display',
  lamp: 'lamp',
  phone: 'person',
  printer: 'print',
  qrScanner: 'qr',
  siren: 'horn',
  strobe: 'lamp',
};

const SIGNS: Record<ResponseStep['step'], string> = {
  pressed: '',
  acknowledged: '1',
  guardArrived: '3',
  policeArrived: '5',
};
const time = (at: string | null): number | null => (at === null ? null : Date.parse(at));

function subOf(step: ResponseStep, view: IncidentView, words: Catalogue): Pick<RouteStop, 'sub' | 'mark'> {
  const text = words.kiosk.alarm;
  if (step.step === 'pressed') return { sub: `${step.at ? clockSeconds(step.at) : ''} ${step.by ?? ''}`.trim() };
  if (step.state === 'done' && step.at !== null) {
    return { mark: duration(Date.parse(step.at) - Date.parse(view.receivedAt)), sub: step.by ?? '' };
  }
  // What nobody waits for any more is neither late nor missing.
  if (view.status !== 'open') return { sub: '' };
  if (step.step === 'policeArrived')
    return { sub: view.mode === 'actual' ? text.unknownPolice : text.noPolice[view.mode] };
  return { sub: step.by ?? text.nobodyYet };
}

/** How far the way to the next stop is used up, by its due time. */
function partOf(step: ResponseStep, next: ResponseStep | undefined, now: number): number | undefined {
  const from = time(step.at);
  const due = time(next?.due ?? null);
  if (next === undefined || next.state === 'done' || step.state !== 'done' || from === null || due === null)
    return undefined;
  return due <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (due - from)));
}

export function stopsOf(view: IncidentView, now: number, words: Catalogue): RouteStop[] {
  return view.steps.map((step, i) => {
    const part = view.status === 'open' ? partOf(step, view.steps[i + 1], now) : undefined;
    return {
      key: step.step,
      label: words.words.step[step.step],
      sign: SIGNS[step.step],
      state: view.status !== 'open' && step.state !== 'done' ? ('todo' as const) : step.state,
      ...subOf(step, view, words),
      ...(part === undefined ? {} : { part }),
    };
  });
}

/**
 * Who is still silent, as one truth for number, heading and list. The view names the first fifty only, and at the first moment
 * nobody yet: `unnamed` says that answers are owed though no name is there.
 */
export interface Owed {
  state: 'all' | 'unnamed' | 'some';
  devices: number;
  people: number;
  named: MissingDevice[];
}

export function owed(view: IncidentView): Owed {
  const over = view.status !== 'open';
  const named = over ? view.stillSounding : view.missing;
  const total = over ? named.length : Math.max(named.length, view.expected - view.reported);
  const people = named.filter((d) => d.kind === 'phone').length;
  const known = over || view.expected > 0;
  const state = named.length > 0 ? 'some' : total === 0 && known ? 'all' : 'unnamed';
  return { state, devices: total - people, people, named };
}

/** `3 分钟保安到场还剩 00:46`, or how late it is; nothing when no step has a time to keep. */
export function stepLine(view: IncidentView, now: number, words: Catalogue): string {
  // Nobody outside comes to a drill or a test.
  const step = view.steps.find(
    (s) => (s.state === 'late' || s.state === 'now') && (view.mode === 'actual' || s.step !== 'policeArrived'),
  );
  const due = time(step?.due ?? null);
  if (!step || due === null) return '';
  const label = words.kiosk.alarm.stepShort[step.step];
  return now > due
    ? words.kiosk.alarm.late(label, duration(now - due))
    : words.kiosk.alarm.left(label, duration(due - now));
}
