/**
 * Who comes in practice (练习): invented people, what the guard would see of each, and what is right. A person may be done with
 * in more than one right way; what is never right is said too.
 */
import type { Host, KioskEvent, PickupVerdict, Presented } from '@anyuan/contracts';
import type { Effect } from '../effects.ts';

/** What the guard did that counts. `left`: went on without deciding; `called`, `askedId`: what a refusal asks for. */
export type Deed = Extract<Effect, { run: 'admit' | 'refuse' | 'handOver' | 'decline' | 'watchAnswer' }> | OwnDeed;
type OwnDeed = { run: 'left' } | { run: 'called' } | { run: 'askedId' };

export const PEOPLE = ['first', 'again', 'items', 'pickup', 'lost', 'wrongPerson', 'document', 'group'] as const;
export type PersonKey = (typeof PEOPLE)[number];

/** Heads of the group that comes, its leader among them. */
const GROUP = 5;
const HOUR = 3_600_000;
const MIN = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

export const HOSTS: readonly Host[] = [
  { id: 'practice-liu', name: '刘芳', department: '三(2)班', title: '班主任' },
  { id: 'practice-lin', name: '林丽', department: '三(1)班', title: '班主任' },
  { id: 'practice-luo', name: '罗强', department: '总务处', title: '主任' },
  { id: 'practice-wang', name: '王静', department: '教务处', title: '主任' },
];
/** Pinyin of the names above, for the keys. */
export const SPELT: Readonly<Record<string, readonly string[]>> = {
  'practice-liu': ['lf', 'liufang'],
  'practice-lin': ['ll', 'linli'],
  'practice-luo': ['lq', 'luoqiang'],
  'practice-wang': ['wj', 'wangjing'],
};

const card = (key: PersonKey, now: number, more: Partial<Presented>): Presented => ({
  ...{ id: `practice-${key}`, at: iso(now), document: 'resident', name: '', sex: 'male', last4: '0000' },
  ...{ validity: { state: 'valid', until: '2035.05.01' }, numberHolds: true },
  recognition: { visits: 0, lastVisitAt: null, lastReason: null, lastHost: null, lastType: null, onSite: null },
  ...more,
});

const child = {
  ...{ id: 'practice-child', name: '林一诺', className: '三(2)班', window: '16:30–17:30', collected: null },
  teacher: { id: 'practice-liu', name: '刘芳' },
};
const grandmother = { id: 'practice-gran', name: '王秀兰', relation: '奶奶', sex: 'female' as const };
const yes = (key: PersonKey, now: number): PickupVerdict => ({
  ...{ verdict: 'yes', id: `practice-${key}`, at: iso(now), card: { last4: '4417' } },
  ...{ guardian: grandmother, children: [child], byEye: false },
});

export interface PracticePerson {
  comes(now: number): KioskEvent[];
  /** This deed ends the matter. */
  right: Partial<Record<Deed['run'], (deed: Deed) => boolean>>;
}
const always = () => true;
const never = () => false;

export const people: Readonly<Record<PersonKey, PracticePerson>> = {
  first: {
    comes: (now) => [
      { type: 'presented', presented: card('first', now, { name: '吴桂英', sex: 'female', last4: '3049' }) },
    ],
    right: { admit: always, refuse: never, left: never },
  },
  again: {
    comes: (now) => [
      {
        type: 'presented',
        presented: card('again', now, {
          ...{ name: '张伟明', last4: '2718' },
          recognition: {
            ...{ visits: 2, lastVisitAt: iso(now - 400 * HOUR), lastReason: 'parentTalk' },
            ...{ lastHost: HOSTS[0] ?? null, lastType: 'parent', onSite: null },
          },
        }),
      },
    ],
    right: { admit: always, refuse: never, left: never },
  },
  items: {
    comes: (now) => [{ type: 'presented', presented: card('items', now, { name: '孙浩', last4: '1189' }) }],
    right: {
      admit: (deed) => deed.run === 'admit' && deed.input.security.result === 'held',
      refuse: (deed) => deed.run === 'refuse' && deed.input.refusal === 'dangerousItems',
      left: never,
    },
  },
  pickup: {
    comes: (now) => [{ type: 'verdict', verdict: yes('pickup', now) }],
    right: { handOver: always, decline: never, left: never },
  },
  lost: {
    comes: (now) => [
      {
        type: 'verdict',
        verdict: {
          ...{ verdict: 'no', id: 'practice-lost', at: iso(now), refusal: 'lostCard', card: { last4: '4417' } },
          ...{ guardian: grandmother, children: [child], lostAt: iso(now - 37 * MIN), lostBy: '父亲林建军' },
        },
      },
    ],
    right: { called: always, askedId: always, left: never },
  },
  wrongPerson: {
    comes: (now) => [{ type: 'verdict', verdict: yes('wrongPerson', now) }],
    right: { decline: always, handOver: never, left: never },
  },
  document: {
    comes: (now) => {
      const presented = card('document', now, { name: '何国栋', last4: '6034' });
      return [
        {
          type: 'watch',
          notice: {
            ...{ hit: 'practice-hit', about: presented.id, exact: true, action: 'refuse' },
            ...{ instruction: '请到值班室坐，打电话给值班领导，不要争执。', phones: [] },
            ...{ answer: null, by: null, blocks: true, told: true },
          },
        },
        { type: 'presented', presented },
      ];
    },
    right: {
      watchAnswer: (deed) => deed.run === 'watchAnswer' && deed.is !== 'no',
      refuse: never,
      left: never,
      admit: never,
    },
  },
  group: {
    comes: (now) => [
      { type: 'presented', presented: card('group', now, { name: '唐慧', sex: 'female', last4: '5027' }) },
    ],
    right: {
      // Who is not counted is missing on the roll of an evacuation.
      admit: (deed) => deed.run === 'admit' && deed.input.party.count === GROUP,
      refuse: never,
      left: never,
    },
  },
};
