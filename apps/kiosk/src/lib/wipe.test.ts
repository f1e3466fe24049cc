/**
 * Nobody's data outlive his stay at the gate: every screen there is, left alone, goes back to the prompt, and what it knew of a
 * person is gone from the whole state with it. `Record<Screen['at'], …>` makes a new screen say when; whatever stays says why.
 * Names, numbers and phones are marked by a sign that no fixture has, so nothing is looked for by its spelling.
 */
import { expect, test } from 'vitest';
import { bookedVerdict, expectedVisit, refusedCode } from '../testing/booked-data.ts';
import {
  atPost,
  attended,
  contacts,
  heldVisits,
  liuFang,
  no,
  presented,
  question,
  takingAttendance,
  visit,
  visits,
  yes,
} from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { vouched } from '../testing/forgotten.ts';
import { board } from '../testing/shifts.ts';
import { known, permitTap, board as vehicleBoard } from '../testing/vehicles.ts';
import { notice } from '../testing/watch.ts';
import { freshVisit } from './fresh-visit.ts';
import type { ShiftScreen } from './handover.ts';
import { KEPT_MS } from './kept-visits.ts';
import { WIPE_MS } from './session.ts';
import type { Screen, Session } from './state.ts';

const SIGN = '§';
const OF_A_PERSON = new Set([
  'name',
  'names',
  'last4',
  'idNumber',
  'phone',
  'number',
  'plate',
  'label',
  'certificate',
  'pin',
  'outPin',
  'keys',
  'initials',
  'digits',
]);
/** Every word about a person bears the sign; so do words of a list of such words. */
function signed<T>(value: T, ofPerson = false): T {
  if (typeof value === 'string') return (ofPerson ? `${value}${SIGN}` : value) as T;
  if (Array.isArray(value)) return value.map((one) => signed(one, ofPerson)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, signed(one, OF_A_PERSON.has(key))])) as T;
}

const WIPED = WIPE_MS / 1000;
interface Sample {
  screen: Screen;
  and?: Partial<Session>;
  /** Seconds; `stays`: until somebody touches it. */
  goes: number | { stays: string };
}
const usual = (screen: Screen, and: Partial<Session> = {}): Sample => ({ screen, and, goes: WIPED });
const stays = (screen: Screen, why: string, and: Partial<Session> = {}): Sample => ({
  screen,
  and,
  goes: { stays: why },
});

const man = presented();
const visitor = freshVisit({ by: 'card', presented: man }, 'delivery', liuFang);
const typed = freshVisit({ by: 'word', typed: { name: '赵敏', sex: 'female', phone: '13812345678' } });
const asked = question({}, {});
const waits = { state: 'out', key: 'k', view: { ...asked, state: 'open' } } as const;
const child = { child: 'a', result: 'recorded' } as const;
const shift = (more: Partial<ShiftScreen>): ShiftScreen => ({
  ...{
    at: 'shift',
    pane: 'left',
    board: board(),
    guard: null,
    reason: null,
    pin: '1234',
    outPin: '4321',
    leaving: false,
  },
  ...{
    wrong: null,
    whose: null,
    changed: false,
    notes: [],
    wanted: null,
    byCard: false,
    problem: null,
    problemNotes: [],
  },
  ...{ counts: {}, ...more },
});
const vehicles = (pane: 'plate' | 'act' | 'turn' | 'inside'): Screen => ({
  ...{ at: 'vehicles', pane, pad: 'signs', plate: '京A1', board: vehicleBoard(), matches: known, exact: null },
  ...{ chosen: known[0] ?? null, reason: null, visit: { visit: 'v', name: '张伟明' }, page: 0 },
});
const gone = yes({
  children: yes().children.map((c) => ({ ...c, collected: { by: '林建军', at: visit().admittedAt } })),
});
const own = yes({
  children: yes().children.map((c) => ({
    ...c,
    collected: { by: `${yes().guardian.name}${SIGN}`, at: visit().admittedAt },
  })),
});
const admitted = { visit: 'v', number: 'E1123-008', ticket: null, synced: true };
const now = new Desk().now;
const person = { ...liuFang, pin: true };
const forgotten: Screen = { at: 'forgotten', keys: '53', found: [person], person: null, pin: '', wrong: null };
const booked = bookedVerdict();
const refused = refusedCode('cancelled');
if (booked.verdict === 'refused' || refused.verdict !== 'refused') throw new Error('fixtures');

const every: Record<Screen['at'], Sample[]> = {
  idle: [usual({ at: 'idle' }, { hint: { key: 'signedOut', name: '张伟明', until: now + 6_000 } })],
  visitor: [
    usual(visitor),
    usual(typed),
    ...(['more', 'certificate', 'work', 'override', 'refuse'] as const).map((pane) =>
      usual({ ...visitor, pane: { pane } }),
    ),
    usual({ ...visitor, pane: { pane: 'items', items: ['knife'] } }),
    usual({ ...visitor, pane: { pane: 'hosts', query: '5', department: null, departments: null, hosts: [liuFang] } }),
    stays({ ...visitor }, 'a watchlist answer is owed; the guard acts', {
      watch: { notices: [notice({ about: man.id, blocks: true })], open: null },
    }),
  ],
  typed: [
    usual({ at: 'typed', name: '赵敏', sex: 'female', kind: 'idNumber', idNumber: '110105194912310', phone: '138' }),
  ],
  onSite: [usual({ at: 'onSite', visit: visit(), presented: man, leaving: null })],
  admitted: [
    { screen: { at: 'admitted', result: admitted, name: '张伟明', host: liuFang, until: now + 8_000 }, goes: 8 },
    // The badge is not out: time to put in a roll.
    {
      screen: { at: 'admitted', result: admitted, name: '张伟明', host: liuFang, until: now + 8_000 },
      and: {
        badge: { type: 'badge', visit: 'v', at: visit().admittedAt, state: 'failed', fault: 'paperOut', cut: false },
      },
      goes: 128,
    },
  ],
  turnedAway: [
    stays(
      { at: 'turnedAway', name: '张伟明', refusal: 'dangerousItems', items: ['刀具'], synced: true },
      'he has to leave; the guard watches him go',
    ),
  ],
  visits: [
    usual({
      at: 'visits',
      sort: 'onSite',
      visits: visits(),
      digits: '12',
      page: 0,
      chosen: null,
      leaving: null,
      wanted: null,
    }),
  ],
  giveBack: [usual({ at: 'giveBack', visit: visit(), leaving: { count: null }, pane: 'main' })],
  keptVisits: [usual({ at: 'keptVisits', page: 0 })],
  held: [usual({ at: 'held', visits: heldVisits(), page: 0 })],
  pickup: [usual({ at: 'pickup', by: 'card', verdict: yes(), chosen: [] })],
  handedOver: [
    { screen: { at: 'handedOver', verdict: yes(), results: [child], until: now + 10_000 }, goes: 10 },
    stays(
      { at: 'handedOver', verdict: yes(), results: [{ ...child, result: 'conflict', by: '林建军' }], until: null },
      'somebody else has this child',
    ),
  ],
  collected: [
    usual({ at: 'collected', by: 'card', verdict: own }),
    stays({ at: 'collected', by: 'card', verdict: gone }, 'somebody else took this child'),
  ],
  pickupRefused: [
    stays(
      { at: 'pickupRefused', by: 'card', reason: 'barred', verdict: no({ refusal: 'barred' }) },
      'a refused adult stands there',
    ),
  ],
  document: [usual({ at: 'document' })],
  shift: [
    usual(shift({})),
    usual(shift({ pane: 'outgoing' })),
    usual(shift({ pane: 'who', guard: { id: 'li', name: '李志强', planned: null, notInDate: false } })),
    usual(shift({ pane: 'today' })),
    ...(['checks', 'problem', 'count'] as const).map((pane) =>
      stays(shift({ pane }), 'the guard has to walk; his own checklist'),
    ),
  ],
  signIn: [usual({ at: 'signIn', sessions: [], last: attended('recorded') })],
  atPost: [{ screen: { at: 'atPost', said: atPost('recorded'), until: now + 8_000 }, goes: 8 }],
  booked: [usual({ at: 'booked', visit: expectedVisit() })],
  bookingRefused: [usual({ at: 'bookingRefused', verdict: refused })],
  bookings: [usual({ at: 'bookings', initials: '94', visits: [expectedVisit()], page: 0 })],
  watchWait: [stays({ at: 'watchWait', notice: notice() }, 'the police or a responder are on their way')],
  permit: [{ screen: { at: 'permit', said: permitTap({ forgotten: vouched() }), until: now + 5_000 }, goes: 5 }],
  vehicles: (['plate', 'act', 'turn', 'inside'] as const).map((pane) => usual(vehicles(pane))),
  forgotten: [usual(forgotten), usual({ ...forgotten, person, pin: '1234' })],
  more: (['menu', 'alarm', 'devices'] as const).map((pane) =>
    usual({ at: 'more', pane, mode: 'test', kind: 'intrusion', action: null }),
  ),
};

/** What the guard's own gate says of itself is no visitor's: status and the list of alarms. */
const left = ({ session, effects }: Desk): string => JSON.stringify({ ...session, status: null, alarm: null, effects });
const put = ({ screen, and = {} }: Sample): Desk => {
  const desk = new Desk();
  desk.session = signed({ ...desk.session, touchedAt: desk.now, screen, ...and });
  desk.effects = [];
  return desk;
};
const samples = Object.values(every).flat();
const nameOf = ({ screen }: Sample) => ('pane' in screen ? `${screen.at} ${JSON.stringify(screen.pane)}` : screen.at);
const MARGIN = 60;

test.each(samples.filter((one) => typeof one.goes === 'number').map((one) => [nameOf(one), one] as const))(
  'left alone, nothing of anybody is left: %s',
  (_, one) => {
    const desk = put(one);
    if (typeof one.goes !== 'number') return;
    if (one.screen.at !== 'idle') {
      desk.wait(one.goes - 1);
      expect(desk.at).toBe(one.screen.at);
      desk.wait(1);
    } else desk.wait(one.goes);
    expect(desk.at).toBe('idle');
    expect(left(desk)).not.toContain(SIGN);
  },
);

test.each(samples.filter((one) => typeof one.goes !== 'number').map((one) => [nameOf(one), one] as const))(
  'stays until a person touches it, and is gone then: %s',
  (_, one) => {
    const desk = put(one).wait(WIPED + MARGIN);
    expect(desk.at).toBe(one.screen.at);
    desk.touch({ flow: 'core', do: 'restart' }).wait(WIPED);
    expect(desk.at).toBe('idle');
    expect(left(desk)).not.toContain(SIGN);
  },
);

test('while a training is open its screen stays, without the last name', () => {
  const desk = put({ screen: { at: 'signIn', sessions: null, last: attended('recorded') }, goes: WIPED });
  desk.session = { ...desk.session, status: takingAttendance(12) };
  desk.wait(WIPED);
  expect(desk.screen('signIn').last).toBeNull();
  expect(left(desk)).not.toContain(SIGN);
});

test('who waits for his host leaves the screen after a minute each for host, deputy and duty leader, and is gone ten minutes later', () => {
  const desk = put({ screen: { ...visitor, question: waits }, goes: WIPED });
  expect(desk.wait(180 + WIPED - 1).at).toBe('visitor');
  expect(desk.wait(1).at).toBe('idle');
  expect(left(desk.wait(KEPT_MS / 1000 - 1))).toContain(SIGN);
  expect(left(desk.wait(1))).not.toContain(SIGN);
  expect(desk.effects).toContainEqual({ run: 'withdraw', question: asked.question });
});

test('the telephone sheet closes, and its numbers go', () => {
  const help = { open: true, wanted: null, contacts };
  const desk = put({ screen: { at: 'idle' }, and: { help }, goes: WIPED }).wait(WIPED);
  expect(desk.session.help).toEqual({ open: false, wanted: null, contacts: null });
});

test('who waited in the rail, stood aside or queued at a peak is nobody’s data after five minutes and a host’s time to answer', () => {
  const waiting = { kind: 'presented', presented: man, at: now } as const;
  const aside = { screen: visitor as Extract<Screen, { at: 'visitor' }>, at: now };
  const desk = put({
    screen: { at: 'pickup', by: 'card', verdict: yes(), chosen: [] },
    and: { waiting, peak: { hand: null, aside, queue: [waiting] } },
    goes: WIPED,
  });
  desk.wait(300 + KEPT_MS / 1000);
  desk.effects = [];
  expect(left(desk)).not.toContain(SIGN);
  expect(desk.at).toBe('idle');
});
