/**
 * 等答复: who waits for his host while the next one is served (A1, G1). His form with the question in it is put aside when the
 * screen goes on to somebody else, the host's answer is said in the rail whenever it comes, and one touch or his card brings
 * the form back as it was: nobody is asked twice. What ends it is a decision, the guard's 不等了, or time.
 *
 * Ten minutes after it was last on the screen it is gone, and an open question is taken back: by then host, deputy and duty
 * leader have each been asked (a minute apart, as a rule), and a name with the end of an ID number shall not stand in the
 * guard's room longer than its owner at the gate. The question itself would live for half an hour.
 */
import type { HostQuestion, Presented } from '@anyuan/contracts';
import type { Effect } from './effects.ts';
import { whoKey } from './fresh-visit.ts';
import type { Input } from './inputs.ts';
import { PRESENTED_MS } from './presented.ts';
import type { Screen, Session, Step, VisitorScreen } from './state.ts';
import { type LifeInput, onAsked, onHostQuestion, withdrawal } from './visit-life.ts';

export const KEPT_MS = 10 * 60_000;
export const KEPT_A_PAGE = 3;

export interface KeptVisit {
  screen: VisitorScreen;
  until: number;
}
export interface KeptVisitsScreen {
  at: 'keptVisits';
  page: number;
}
/** @param who as `whoKey` says it */
export type KeptVisitsInput = { flow: 'keptVisits' } & (
  | { do: 'list' }
  | { do: 'resume'; who: string }
  | { do: 'drop'; who: string }
  | { do: 'page'; by: 1 | -1 }
);

const keyOf = (kept: KeptVisit): string => whoKey(kept.screen.who);
const find = (s: Session, who: string): KeptVisit | undefined => s.keptVisits.find((kept) => keyOf(kept) === who);
const without = (s: Session, who: string): Session => ({
  ...s,
  keptVisits: s.keptVisits.filter((kept) => keyOf(kept) !== who),
});

/** The next to go on with: whoever has his answer stands first. */
export function firstKept({ keptVisits }: Session): KeptVisit | undefined {
  const answered = keptVisits.find(({ screen }) => isAnswered(screen));
  return answered ?? keptVisits[0];
}
export const isAnswered = ({ question }: VisitorScreen): boolean =>
  question.state === 'out' && question.view.state !== 'open';

/** His form again, with the card that was laid down just now if there is one. */
function resume(s: Session, kept: KeptVisit, now: number, presented?: Presented): Step {
  const { cardAgain: _before, ...form } = kept.screen;
  const who = presented ? ({ by: 'card', presented } as const) : form.who;
  const stale = who.by === 'card' && now - Date.parse(who.presented.at) > PRESENTED_MS;
  const screen: VisitorScreen = { ...form, who, ...(stale ? { cardAgain: true as const } : {}) };
  return [{ ...without(s, keyOf(kept)), screen, asking: false, touchedAt: now }, [{ run: 'sound', sound: 'look' }]];
}

/** Whose card this is, if he waits here. */
export function resumeByCard(s: Session, presented: Presented, now: number): Step | null {
  const kept = find(s, whoKey({ by: 'card', presented }));
  return kept ? resume(s, kept, now, presented) : null;
}

export function keptVisitsStep(s: Session, input: KeptVisitsInput, now: number): Step {
  if (s.busy !== null) return [s, []];
  switch (input.do) {
    case 'list':
      return [{ ...s, screen: { at: 'keptVisits', page: 0 } }, []];
    case 'page': {
      if (s.screen.at !== 'keptVisits') return [s, []];
      const pages = Math.max(1, Math.ceil(s.keptVisits.length / KEPT_A_PAGE));
      return [{ ...s, screen: { ...s.screen, page: Math.min(pages - 1, Math.max(0, s.screen.page + input.by)) } }, []];
    }
    case 'resume': {
      const kept = find(s, input.who);
      return kept ? resume(s, kept, now) : [s, []];
    }
    case 'drop': {
      const kept = find(s, input.who);
      return [without(s, input.who), kept ? withdrawal(kept.screen) : []];
    }
  }
}

/** Nobody's data for longer than he stands here. */
export function foldKept(s: Session, now: number): Step {
  const old = s.keptVisits.filter(({ until }) => now >= until);
  if (old.length === 0) return [s, []];
  const keptVisits = s.keptVisits.filter(({ until }) => now < until);
  return [{ ...s, keptVisits }, old.flatMap(({ screen }) => withdrawal(screen))];
}

/** What is heard of a question of somebody who is not on the screen. @returns null: of nobody who waits here */
function heardAside(s: Session, hear: (screen: VisitorScreen) => [VisitorScreen | null, Effect[]]): Step | null {
  const heard: Effect[] = [];
  let found = false;
  const take = (screen: VisitorScreen): VisitorScreen => {
    const [next, effects] = hear(screen);
    if (!next || next === screen) return screen;
    found = true;
    heard.push(...effects);
    return next;
  };
  const keptVisits = s.keptVisits.map((kept) => ({ ...kept, screen: take(kept.screen) }));
  const { aside } = s.peak;
  const peak = aside?.screen.at === 'visitor' ? { ...s.peak, aside: { ...aside, screen: take(aside.screen) } } : s.peak;
  return found ? [{ ...s, keptVisits, peak }, heard] : null;
}
export const answeredAside = (s: Session, view: HostQuestion): Step =>
  heardAside(s, (screen) => onHostQuestion(screen, view)) ?? [s, []];
export const askedAside = (s: Session, input: Extract<LifeInput, { do: 'asked' }>): Step | null =>
  heardAside(s, (screen) => {
    const awaited = screen.question.state === 'asking' && screen.question.key === input.key;
    return awaited ? onAsked(screen, input) : [null, []];
  });

const visitorsOf = ({ screen, peak }: Session): VisitorScreen[] =>
  [screen, peak.aside?.screen].filter((one): one is VisitorScreen => one?.at === 'visitor');
const DECIDED: readonly Screen['at'][] = ['admitted', 'turnedAway', 'onSite', 'watchWait'];

/** After every step: who has left the screen is kept if his host was asked, and no longer asked for if it was decided. */
export function settleKept(before: Session, input: Input, [after, effects]: Step, now: number): Step {
  const here = new Set(
    [...visitorsOf(after), ...after.keptVisits.map(({ screen }) => screen)].map((v) => whoKey(v.who)),
  );
  let s = after;
  const more: Effect[] = [];
  const end = (who: string, screen?: VisitorScreen) => {
    const of = screen ?? find(s, who)?.screen;
    if (of) more.push(...withdrawal(of));
    s = without(s, who);
  };
  for (const screen of visitorsOf(before)) {
    const who = whoKey(screen.who);
    if (here.has(who)) continue;
    const interrupted = input.flow === 'keptVisits' && input.do === 'resume';
    const moved = interrupted || (input.flow === 'core' && !DECIDED.includes(after.screen.at));
    const asked = screen.question.state === 'asking' || screen.question.state === 'out';
    if (!moved || after.link === 'away' || !(asked || interrupted)) end(who, screen);
    else {
      const kept = { screen: { ...screen, pane: { pane: 'main' as const } }, until: now + KEPT_MS };
      s = { ...s, keptVisits: [...s.keptVisits, kept] };
    }
  }
  // His card says that he is inside: nobody waits for an answer about him.
  if (s.screen.at === 'onSite') end(whoKey({ by: 'card', presented: s.screen.presented }));
  return [s, [...effects, ...more]];
}
