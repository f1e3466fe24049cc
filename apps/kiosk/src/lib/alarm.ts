/**
 * The alarm over everything: it comes when an incident opens and goes when the last one was ended, and the screen under it is
 * there again. A test, and what was ended while a device is not known to be quiet, is a ribbon above the work, which goes on; a
 * touch opens it. It never times out. An incident ends by a reason and a card that may, with
 * its holder's PIN if he has one, nothing less. A press is never held back
 * by anything else that is going on. A silent alarm of this very gate is not shown: whoever stands here must not learn of it.
 */
import type { KioskAlarm, MissingDevice, Mode } from '@anyuan/contracts';
import type { AlarmInput } from './inputs.ts';
import { PRESENTED_MS } from './presented.ts';
import {
  type AlarmLayer,
  alarmOn,
  hinted,
  IDLE,
  type Session,
  type StandDownPin,
  type Step,
  stay,
  workStops,
} from './state.ts';

const PIN_MIN = 4;
const PIN_MAX = 8;
const RANK: Record<Mode, number> = { actual: 0, exercise: 1, test: 2 };

const order = (a: KioskAlarm, b: KioskAlarm) =>
  RANK[a.view.mode] - RANK[b.view.mode] || b.view.receivedAt.localeCompare(a.view.receivedAt);
const rankOf = (alarm: KioskAlarm | undefined) => (alarm ? RANK[alarm.view.mode] : Number.POSITIVE_INFINITY);

export const focused = (layer: AlarmLayer): KioskAlarm | undefined =>
  layer.incidents.find((a) => a.view.incident === layer.focus) ?? layer.incidents[0];

const CALL_ALONE_MS = 60_000;

/**
 * Sounding and answered by nobody yet: the screen repeats its signal. While nobody can answer (the alarm service is away and
 * the siren speaks for itself) it does so for a minute.
 */
export const calling = (layer: AlarmLayer, now: number): boolean =>
  layer.incidents.some(({ view }) => {
    if (view.mode !== 'actual' || view.status !== 'open' || view.audibility !== 'audible') return false;
    const answer = view.steps.find((step) => step.step === 'acknowledged');
    return answer ? answer.state !== 'done' : now - Date.parse(view.receivedAt) < CALL_ALONE_MS;
  });

/** People first, then the place itself, then by name: those that matter most stand on top. */
export function byWeight(missing: MissingDevice[], zone: string): MissingDevice[] {
  const weight = (d: MissingDevice) => (d.kind === 'phone' ? 0 : d.zone === zone ? 1 : 2);
  return [...missing].sort((a, b) => weight(a) - weight(b) || a.name.localeCompare(b.name, 'zh-CN'));
}

const shownHere = (alarm: KioskAlarm, gate: string | undefined) =>
  alarm.view.audibility === 'audible' || alarm.view.gate === undefined || alarm.view.gate !== gate;

/** A document that the agent has forgotten meanwhile can't be admitted any more. */
const staleAt = (s: Session, now: number): boolean => {
  const { screen } = s;
  const presented =
    screen.at === 'onSite'
      ? screen.presented
      : screen.at === 'visitor' && screen.who.by === 'card' && screen.who.presented;
  return presented ? now - Date.parse(presented.at) > PRESENTED_MS : false;
};

export function onAlarms(s: Session, all: KioskAlarm[], now: number): Step {
  const incidents = all.filter((alarm) => shownHere(alarm, s.status?.gate.id)).sort(order);
  const before = new Set(s.alarm.incidents.map((a) => a.view.incident));
  const fresh = incidents.filter((a) => !before.has(a.view.incident));
  const current = incidents.find((a) => a.view.incident === s.alarm.focus);
  const newest = fresh[0];
  const takes = newest !== undefined && rankOf(newest) <= rankOf(current);
  const focus = takes ? newest.view.incident : ((current ?? incidents[0])?.view.incident ?? null);
  const same = focus === s.alarm.focus;
  const pane = same ? s.alarm.pane : ({ pane: 'main' } as const);
  const layer: AlarmLayer = { incidents, focus, pane, opened: same && s.alarm.opened };
  const stopped = workStops(s);
  // "All is over" must not stand beside what has just begun.
  const hint = fresh.length > 0 && s.hint?.key === 'quiet' ? null : s.hint;
  const told: Session = { ...s, alarm: layer, hint };
  const next: Session = stopped || workStops(told) ? { ...told, touchedAt: now, asking: false } : told;
  if (incidents.length === 0 && before.size > 0) {
    if (stopped && staleAt(s, now)) return stay({ ...hinted(next, 'quiet', now), screen: IDLE });
    return stay(stopped || alarmOn(s) || s.screen.at === 'idle' ? hinted(next, 'quiet', now) : next);
  }
  if (stopped && !workStops(told) && fresh.length === 0) {
    const freed: Session = { ...next, alarm: { ...layer, pane: { pane: 'main' }, opened: false } };
    return stay(staleAt(s, now) ? { ...freed, screen: IDLE } : freed);
  }
  // A real alarm has its own repeated signal; a drill or a test is told once.
  const tell = takes && newest.view.mode !== 'actual' && newest.view.audibility === 'audible';
  const covers = takes && newest.view.mode !== 'test';
  return [covers ? { ...next, help: { ...s.help, open: false } } : next, tell ? [{ run: 'sound', sound: 'look' }] : []];
}

/** The agent takes no PIN for the moment. */
export const padShut = (pin: StandDownPin | undefined, now: number): boolean =>
  pin?.wrong != null && 'until' in pin.wrong && now < pin.wrong.until;

const withPane = (s: Session, pane: AlarmLayer['pane']): Session => ({ ...s, alarm: { ...s.alarm, pane } });

/** Opens the next step of a stand-down: with a card already tapped it goes out at once. */
export function onStaffCard(s: Session, tap: string, mayStandDown: boolean): Step {
  const { pane } = s.alarm;
  const incident = focused(s.alarm);
  if (incident?.view.status !== 'open') return stay(s);
  if (pane.pane === 'tap' && !pane.sending) {
    if (!mayStandDown) {
      return [withPane(s, { ...pane, problem: 'notAllowed' }), [{ run: 'sound', sound: 'look' }]];
    }
    const effect = { run: 'standDown', incident: incident.view.incident, tap, reason: pane.reason } as const;
    return [withPane(s, { pane: 'tap', reason: pane.reason, sending: true, problem: null }), [effect]];
  }
  if (pane.pane === 'tap' || !mayStandDown) return stay(s);
  return stay(withPane(s, { pane: 'why', tap }));
}

export function alarmStep(s: Session, input: AlarmInput, now: number): Step {
  const incident = focused(s.alarm);
  const { pane } = s.alarm;
  switch (input.do) {
    case 'press': {
      const { screen } = s;
      const armed =
        screen.at === 'more' && screen.pane === 'alarm' && screen.mode === 'actual' && screen.action !== null;
      const choice =
        armed && !alarmOn(s)
          ? { mode: screen.mode, action: screen.action ?? 'lockdown', kind: screen.kind }
          : { mode: 'actual' as const };
      return [{ ...s, failure: null }, [{ run: 'press', input: choice }]];
    }
    case 'startDrill': {
      const { screen } = s;
      if (screen.at !== 'more' || screen.mode === 'actual' || screen.action === null) return stay(s);
      const { mode, action, kind } = screen;
      return [{ ...s, screen: IDLE, touchedAt: now }, [{ run: 'press', input: { mode, action, kind } }]];
    }
    case 'next': {
      const list = s.alarm.incidents;
      const at = list.findIndex((a) => a.view.incident === incident?.view.incident);
      const next = list[(at + 1) % list.length];
      return stay(next ? { ...s, alarm: { ...s.alarm, focus: next.view.incident, pane: { pane: 'main' } } } : s);
    }
    case 'openTest':
      return stay({ ...s, alarm: { ...s.alarm, opened: true } });
    case 'acknowledge':
      return incident ? [s, [{ run: 'acknowledge', incident: incident.view.incident }]] : stay(s);
    case 'arrived':
      return incident ? [s, [{ run: 'arrived', incident: incident.view.incident, who: input.who }]] : stay(s);
    case 'pane':
      return stay(withPane(s, input.pane === 'why' ? { pane: 'why', tap: null } : { pane: input.pane }));
    case 'reason': {
      if (!incident || pane.pane !== 'why') return stay(s);
      const tapPane = { pane: 'tap', reason: input.reason, sending: pane.tap !== null, problem: null } as const;
      if (pane.tap === null) return stay(withPane(s, tapPane));
      return [
        withPane(s, tapPane),
        [{ run: 'standDown', incident: incident.view.incident, tap: pane.tap, reason: input.reason }],
      ];
    }
    case 'stoodDown': {
      if (pane.pane !== 'tap') return stay(s);
      const { answer, tap = '' } = input;
      if (answer.ok) return stay(withPane(s, { pane: 'main' }));
      const free = { ...pane, sending: false, problem: null };
      const again: Step[1] = [{ run: 'sound', sound: 'look' }];
      switch (answer.reason) {
        case 'pinWanted':
          return [withPane(s, { ...free, pin: { tap, digits: '', wrong: null } }), again];
        case 'wrongPin':
          return [withPane(s, { ...free, pin: { tap, digits: '', wrong: { left: answer.left } } }), again];
        case 'tooMany':
          return [withPane(s, { ...free, pin: { tap, digits: '', wrong: { until: now + answer.waitMs } } }), again];
        default:
          return [withPane(s, { pane: 'tap', reason: pane.reason, sending: false, problem: answer.reason }), again];
      }
    }
    case 'pinKey':
      if (pane.pane !== 'tap' || !pane.pin || pane.pin.digits.length >= PIN_MAX) return stay(s);
      return stay(withPane(s, { ...pane, pin: { ...pane.pin, digits: pane.pin.digits + input.key } }));
    case 'pinErase':
      if (pane.pane !== 'tap' || !pane.pin) return stay(s);
      return stay(withPane(s, { ...pane, pin: { ...pane.pin, digits: pane.pin.digits.slice(0, -1) } }));
    case 'pinDone': {
      if (!incident || pane.pane !== 'tap' || !pane.pin || pane.sending || pane.pin.digits.length < PIN_MIN)
        return stay(s);
      const { tap, digits } = pane.pin;
      return [
        withPane(s, { ...pane, sending: true }),
        [{ run: 'standDown', incident: incident.view.incident, tap, reason: pane.reason, pin: digits }],
      ];
    }
  }
}
