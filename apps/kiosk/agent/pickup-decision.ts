/**
 * May this card's holder take a child now? A pure function of the list, the moment and what was handed over today
 * (B1 逐人逐卡查验, B2, G6, H1). No network, no clock, no I/O: 5,000 cards are a look-up in a map.
 *
 * The stronger reason wins: a dead card says so before anything about children, a bar (`barred`) is stronger than any
 * rule. An adult learns nothing about a child that he may not fetch; the guard sees what he needs to keep it inside.
 */
import type { Child, PickupList, PickupRefusal, PickupVerdict } from '@anyuan/contracts';

type Rule = PickupList['rules'][number];
type Card = PickupList['cards'][number];
type ChildOnScreen = PickupVerdict['children'][number];
type No = Extract<PickupVerdict, { verdict: 'no' }>;

export interface PickupIndex {
  cards: Map<string, Card>;
  guardians: Map<string, PickupList['guardians'][number]>;
  byDocument: Map<string, string>;
  children: Map<string, Child>;
  rules: Map<string, Rule[]>;
  bars: Set<string>;
}

export function indexPickup(list: PickupList): PickupIndex {
  const rules = new Map<string, Rule[]>();
  for (const rule of list.rules) rules.set(rule.guardian, [...(rules.get(rule.guardian) ?? []), rule]);
  return {
    cards: new Map(list.cards.map((c) => [c.hash, c])),
    guardians: new Map(list.guardians.map((g) => [g.id, g])),
    byDocument: new Map(list.guardians.flatMap((g) => (g.idHash ? [[g.idHash, g.id] as const] : []))),
    children: new Map(list.children.map((c) => [c.id, c])),
    rules,
    bars: new Set(list.bars.map((b) => barKey(b.guardian, b.child))),
  };
}

const barKey = (guardian: string, child: string) => `${guardian} ${child}`;

export interface Moment {
  id: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Children handed over today, by whom and when. */
  collected: ReadonlyMap<string, { by: string; at: string }>;
  /** The list is older than the school's limit. */
  byEye: boolean;
}

export function decideCard(index: PickupIndex | undefined, hash: string, moment: Moment): PickupVerdict {
  if (!index) return no('noList', moment);
  const card = index.cards.get(hash);
  if (!card) return no('unknownCard', moment);
  const known = { card: { last4: card.last4 }, guardian: index.guardians.get(card.guardian) ?? null };
  if (card.status === 'lost')
    return no('lostCard', moment, {
      ...known,
      children: allChildren(index, card.guardian, moment),
      ...(card.lostAt ? { lostAt: card.lostAt } : {}),
      ...(card.lostBy ? { lostBy: card.lostBy } : {}),
    });
  if (card.status === 'expired')
    return no('expiredCard', moment, { ...known, children: allChildren(index, card.guardian, moment) });
  return decideGuardian(index, card.guardian, card.last4, moment);
}

/** The ID card in place of a forgotten pickup card: same rules, same refusals. */
export function decideDocument(
  index: PickupIndex | undefined,
  idHash: string,
  last4: string,
  moment: Moment,
): PickupVerdict {
  if (!index) return no('noList', moment);
  const guardian = index.byDocument.get(idHash);
  return guardian ? decideGuardian(index, guardian, last4, moment) : no('unknownCard', moment);
}

function decideGuardian(index: PickupIndex, id: string, last4: string, moment: Moment): PickupVerdict {
  const guardian = index.guardians.get(id);
  const card = { last4 };
  if (!guardian) return no('unknownCard', moment);
  const rules = index.rules.get(id) ?? [];
  const barred = (child: string) => index.bars.has(barKey(id, child));
  const isBarred = [...index.bars].some((key) => key.startsWith(`${id} `));
  const allowed = rules.filter((rule) => !barred(rule.child));
  if (allowed.length === 0) {
    // The guard must know which child to keep inside; the adult has no view of this screen.
    const children = rules.flatMap((rule) => onScreen(index, rule, moment));
    return no(isBarred ? 'barred' : 'notThisChild', moment, { card, guardian, children });
  }
  const today = schoolTime(moment.now);
  // A delegation whose last day has gone will never be "now" again: nobody is told to wait for it.
  if (allowed.every((rule) => rule.validTo !== undefined && rule.validTo < today.date)) {
    const children = allowed.flatMap((rule) => onScreen(index, rule, moment));
    return no('expiredCard', moment, { card, guardian, children });
  }
  const open = allowed.filter((rule) => inWindow(rule, today));
  if (open.length === 0)
    return no('notNow', moment, {
      card,
      guardian,
      window: windowText(allowed[0]),
      children: allowed.flatMap((r) => onScreen(index, r, moment)),
    });
  const children = open.flatMap((rule) => onScreen(index, rule, moment));
  const [first, ...others] = children;
  if (!first) return no('notThisChild', moment, { card, guardian });
  return {
    verdict: 'yes',
    id: moment.id,
    at: new Date(moment.now).toISOString(),
    card,
    guardian,
    children: [first, ...others],
    byEye: moment.byEye,
  };
}

function no(refusal: PickupRefusal, moment: Moment, more: Partial<No> = {}): No {
  const at = new Date(moment.now).toISOString();
  return { verdict: 'no', id: moment.id, at, refusal, card: null, guardian: null, children: [], ...more };
}

function allChildren(index: PickupIndex, guardian: string, moment: Moment): ChildOnScreen[] {
  return (index.rules.get(guardian) ?? []).flatMap((rule) => onScreen(index, rule, moment));
}

function onScreen(index: PickupIndex, rule: Rule, moment: Moment): ChildOnScreen[] {
  const child = index.children.get(rule.child);
  return child
    ? [{ ...child, window: `${rule.from}–${rule.to}`, collected: moment.collected.get(child.id) ?? null }]
    : [];
}

export interface SchoolTime {
  /** `2026-11-23` */
  date: string;
  /** `16:42` */
  time: string;
  /** 1 Monday … 7 Sunday */
  day: number;
}

/** China keeps one zone, UTC+8, and no summer time. */
export function schoolTime(now: number): SchoolTime {
  const local = new Date(now + 8 * 3600_000);
  const text = local.toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16), day: local.getUTCDay() || 7 };
}

function inWindow(rule: Rule, { date, time, day }: SchoolTime): boolean {
  if (rule.validFrom && date < rule.validFrom) return false;
  if (rule.validTo && date > rule.validTo) return false;
  return rule.days.includes(day) && time >= rule.from && time <= rule.to;
}

/** Who may be fetched at any hour says nothing of when he goes home. */
const LONGEST_HOURS = 3;
const hoursOf = (time: string): number => Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;

/**
 * How many children could have been fetched since some window of today opened, and nobody has. Null without a list, and while nobody
 * at all was fetched: that is a day without school as well as the first minute of a dismissal, and a gate can't tell them apart.
 */
export function stillWaiting(index: PickupIndex | undefined, { now, collected }: Moment): number | null {
  if (!index || collected.size === 0) return null;
  const { date, day, time } = schoolTime(now);
  const due = [...index.rules.values()]
    .flat()
    .filter((rule) => hoursOf(rule.to) - hoursOf(rule.from) <= LONGEST_HOURS)
    .filter((rule) => rule.from <= time && inWindow(rule, { date, day, time: rule.from }))
    .map(({ child }) => child);
  return new Set(due.filter((child) => index.children.has(child) && !collected.has(child))).size;
}

function windowText(rule: Rule | undefined): string {
  if (!rule) return '';
  const hours = `${rule.from}–${rule.to}`;
  if (!rule.validFrom && !rule.validTo) return hours;
  const [from, to] = [dayText(rule.validFrom), dayText(rule.validTo)];
  return `${from === to ? from : `${from}–${to}`} ${hours}`;
}

/** `2026-09-01` → `9 月 1 日` */
function dayText(date: string | undefined): string {
  const [, month, day] = date?.split('-') ?? [];
  return month && day ? `${Number(month)} 月 ${Number(day)} 日` : '';
}
