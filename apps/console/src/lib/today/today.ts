/**
 * What must be done: late, due today or within a week, missing. Pure: one row for each thing that somebody owes, and the one
 * place where it is done. A thing stands once: a finding whose hazard is being mended is the hazard's row.
 */
import {
  type ChannelView,
  type Clash,
  type Conflict,
  type DeviceStatus,
  type DrillView,
  type FindingView,
  type HazardView,
  type PatrolDay,
  type ReminderView,
  type RuleState,
  type Staffing,
  schoolDate,
} from '@anyuan/contracts';
import { stateOf } from '../devices/devices.ts';
import { type NextAction, nextAction } from '../drills/chain.ts';
import { isLate, toMend } from '../hazards/hazard.ts';

export interface TodayInput {
  /** False: the school has no term yet; null while that is not known. */
  term: boolean | null;
  rules: readonly RuleState[];
  drills: readonly DrillView[];
  /** Drills whose day was taken from them. */
  clashes: readonly Clash[];
  findings: readonly FindingView[];
  hazards: readonly HazardView[];
  /** Empty while the line is cut: then nobody knows. */
  devices: readonly DeviceStatus[];
  /** Null while it is not known, or not this reader's to know; likewise below. */
  patrols: PatrolDay | null;
  /** Certificates that end, or are over. */
  reminders: readonly ReminderView[];
  staffing: Staffing | null;
  channels: readonly ChannelView[];
  /** How many records of the gates can't both be true (H1). */
  contradictions: number;
}

export const GROUPS = ['late', 'due', 'missing'] as const;
export type Group = (typeof GROUPS)[number];

interface Base {
  key: string;
  group: Group;
  /** Civil date, or null when it has none. */
  due: string | null;
  /** Days; 0 unless it is late. */
  late: number;
}
export type TodayRow = Base &
  (
    | { kind: 'hazard'; hazard: HazardView }
    | { kind: 'duty'; rule: RuleState }
    | { kind: 'drill'; drill: DrillView; clash: Conflict | null }
    | { kind: 'finding'; finding: FindingView; next: Exclude<NextAction, null> }
    | { kind: 'devices'; zone: string; devices: DeviceStatus[] }
    | { kind: 'contradictions'; open: number }
    | { kind: 'channel'; channel: ChannelView; failing: NonNullable<ChannelView['failing']> }
    | { kind: 'round'; round: PatrolDay['rounds'][number]; points: string[] }
    | { kind: 'post'; post: PatrolDay['posts'][number] }
    | { kind: 'certificate'; reminder: ReminderView }
    | { kind: 'unset'; what: 'term' | 'headcount' }
    | { kind: 'guards'; short: number; staffing: Staffing }
    | { kind: 'unproven'; people: Staffing['notInDate'] }
  );

const DAY = 86_400_000;
/** What falls due within so many days stands here already. */
export const SOON_DAYS = 7;
const soon = (date: string, today: string): boolean => date <= schoolDate(Date.parse(today) + SOON_DAYS * DAY);
const daysSince = (date: string, today: string): number =>
  Math.max(0, Math.round((Date.parse(today) - Date.parse(date)) / DAY));

function hazardRow(hazard: HazardView, today: string): TodayRow[] {
  const row = (group: Group): TodayRow[] => [
    {
      kind: 'hazard',
      key: `hazard ${hazard.id}`,
      group,
      due: hazard.deadline,
      late: isLate(hazard) ? hazard.late : 0,
      hazard,
    },
  ];
  if (isLate(hazard)) return row('late');
  if (hazard.status === 'reported') return row('missing');
  if (hazard.status === 'fixed') return row('due');
  return toMend(hazard) && hazard.deadline !== null && soon(hazard.deadline, today) ? row('due') : [];
}

/** What a rule owes by now: of a period that has begun, and no drill is set down for. */
function dutyRow(rule: RuleState, today: string): TodayRow[] {
  if (!rule.enabled) return [];
  const owed = rule.duties
    .filter((d) => d.state === 'overdue' || (d.state === 'notScheduled' && d.period.from <= today))
    .sort((a, b) => a.latest.localeCompare(b.latest))[0];
  if (!owed) return [];
  const group = owed.state === 'overdue' ? 'late' : soon(owed.latest, today) ? 'due' : 'missing';
  return [{ kind: 'duty', key: `duty ${rule.rule.id}`, group, due: owed.latest, late: owed.late, rule }];
}

/** One whose day can't hold it is shown however far off: the new day must be told to everybody. */
function drillRow(drill: DrillView, clash: Conflict | null, today: string): TodayRow[] {
  const open =
    drill.status === 'running' || (drill.status === 'planned' && (clash !== null || soon(drill.date, today)));
  if (!open) return [];
  const late = drill.status === 'running' ? 0 : daysSince(drill.date, today);
  const group = late > 0 ? 'late' : 'due';
  return [{ kind: 'drill', key: `drill ${drill.id}`, group, due: drill.date, late, drill, clash }];
}

function findingRow(finding: FindingView): TodayRow[] {
  const next = nextAction(finding);
  return next
    ? [{ kind: 'finding', key: `finding ${finding.id}`, group: 'missing', due: null, late: 0, finding, next }]
    : [];
}

/** By zone: when a gate's line is cut, all that hangs on it is one thing to do. Away for a day is late (G5). */
function deviceRows(devices: readonly DeviceStatus[], now: number): TodayRow[] {
  const zones = new Map<string, DeviceStatus[]>();
  for (const device of devices) {
    if (stateOf(device) !== 'online') zones.set(device.zone, [...(zones.get(device.zone) ?? []), device]);
  }
  return [...zones.values()].map((all): TodayRow => {
    const [first] = all;
    const away = all.flatMap((d) => (d.online === 'offline' && d.lastSeen ? [now - Date.parse(d.lastSeen)] : []));
    const late = Math.floor(Math.max(0, ...away) / DAY);
    const never = all.every((d) => d.online === 'never');
    return {
      kind: 'devices',
      key: `devices ${first?.zone}`,
      group: late > 0 ? 'late' : never ? 'missing' : 'due',
      due: null,
      late,
      zone: first?.zoneName ?? '',
      devices: all,
    };
  });
}

/** Whoever relies on it is not reminded meanwhile; for a day is late. */
function channelRow(channel: ChannelView, now: number): TodayRow[] {
  const { id, enabled, failing } = channel;
  if (!enabled || !failing) return [];
  const late = Math.floor(Math.max(0, now - Date.parse(failing.since)) / DAY);
  return [
    { kind: 'channel', key: `channel ${id}`, group: late > 0 ? 'late' : 'due', due: null, late, channel, failing },
  ];
}

/** A round whose window is over, with the points that nobody visited; a post where nobody stood. */
function patrolRows(day: PatrolDay | null): TodayRow[] {
  if (!day) return [];
  const base = { group: 'late', due: day.date, late: 0 } as const;
  const rounds = day.rounds.flatMap((round): TodayRow[] => {
    const points = round.points.filter((p) => p.state === 'missed').map((p) => p.name);
    return points.length > 0 ? [{ ...base, kind: 'round', key: `round ${round.round}`, round, points }] : [];
  });
  const posts = day.posts.filter((p) => p.state === 'missed');
  return [...rounds, ...posts.map((post): TodayRow => ({ ...base, kind: 'post', key: `post ${post.post}`, post }))];
}

function certificateRow(reminder: ReminderView): TodayRow[] {
  const { certificate, days, expiresOn } = reminder;
  if (days > SOON_DAYS) return [];
  const late = Math.max(0, -days);
  const group = days < 0 ? 'late' : 'due';
  return [{ kind: 'certificate', key: `certificate ${certificate}`, group, due: expiresOn, late, reminder }];
}

/** Without it nothing below can be known: neither what is owed nor how many guards. */
const unset = (what: 'term' | 'headcount'): TodayRow => ({
  kind: 'unset',
  key: `unset ${what}`,
  group: 'missing',
  due: null,
  late: 0,
  what,
});

function staffingRows(staffing: Staffing | null): TodayRow[] {
  if (!staffing) return [];
  const base = { group: 'missing', due: null, late: 0 } as const;
  const { shortage, notInDate } = staffing;
  const guards: TodayRow[] =
    shortage > 0 ? [{ ...base, kind: 'guards', key: 'guards', short: shortage, staffing }] : [];
  const unproven: TodayRow[] =
    notInDate.length > 0 ? [{ ...base, kind: 'unproven', key: 'unproven', people: notInDate }] : [];
  return [...(staffing.headcount ? [] : [unset('headcount')]), ...guards, ...unproven];
}

/** Whoever may be inside is looked for today. */
const contradictionRow = (open: number, today: string): TodayRow[] =>
  open === 0 ? [] : [{ kind: 'contradictions', open, key: 'contradictions', group: 'due', due: today, late: 0 }];

/** The latest first among what is late; else by the day on which it must be done. */
const byUrgency = (a: TodayRow, b: TodayRow): number =>
  b.late - a.late || (a.due ?? '9').localeCompare(b.due ?? '9') || a.key.localeCompare(b.key);

export function todayRows(
  {
    term,
    rules,
    drills,
    clashes,
    findings,
    hazards,
    devices,
    patrols,
    reminders,
    staffing,
    channels,
    contradictions,
  }: TodayInput,
  now: number,
): Record<Group, TodayRow[]> {
  const today = schoolDate(now);
  const rows = [
    ...(term === false ? [unset('term')] : []),
    ...hazards.flatMap((h) => hazardRow(h, today)),
    ...rules.flatMap((r) => dutyRow(r, today)),
    ...drills.flatMap((d) => drillRow(d, clashes.find((c) => c.drill === d.id)?.why ?? null, today)),
    ...findings.flatMap(findingRow),
    ...deviceRows(devices, now),
    ...channels.flatMap((c) => channelRow(c, now)),
    ...contradictionRow(contradictions, today),
    ...patrolRows(patrols),
    ...reminders.flatMap(certificateRow),
    ...staffingRows(staffing),
  ].sort(byUrgency);
  const of = (group: Group) => rows.filter((r) => r.group === group);
  return { late: of('late'), due: of('due'), missing: of('missing') };
}
