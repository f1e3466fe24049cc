/** Staff without their card, as short stories. */
import { asNineKeys, type CardForgotten, type KioskEvent, type StaffFound } from '@anyuan/contracts';
import type { ForgottenClient } from '../lib/forgotten.ts';
import { at, atPost, attended, cutOff, takingAttendance } from './data.ts';
import type { Scene } from './scenes.ts';
import { permitTap } from './vehicles.ts';

const LONG = '阿卜杜热合曼·买买提艾力·玉素甫';
const people: (StaffFound & { keys: string })[] = [
  { id: 's-liu', name: '刘芳', department: '三（2）班', title: '班主任', pin: true, keys: 'lf' },
  { id: 's-li', name: '李方舟', department: '总务处', title: '水电工', pin: false, keys: 'lfz' },
  { id: 's-lu', name: LONG, department: '六（10）班', title: '副班主任、体育教师', pin: false, keys: 'lf' },
  { id: 's-lin', name: '林凡', department: '食堂', title: '厨师', pin: false, keys: 'lf' },
  { id: 's-luo', name: '罗峰', department: '保安队', title: '保安', pin: true, keys: 'lf' },
];
export const vouched = (proof: CardForgotten['proof'] = 'colleague', name = '刘芳'): CardForgotten => {
  const person = { id: 's-liu', name };
  return { person, proof, by: proof === 'pin' ? person : { id: 's-chen', name: '陈立新' } };
};
export const letIn = (more: Partial<Extract<KioskEvent, { type: 'permit' }>> = {}): KioskEvent =>
  permitTap({
    permit: { ...permitTap().permit, kind: 'staff', name: '刘芳', firm: '' } as ReturnType<typeof permitTap>['permit'],
    ...{ forgotten: vouched(), ...more },
  });

export function forgottenScripted(
  tell: (call: keyof ForgottenClient, args: unknown[]) => void,
  answers: () => Partial<ForgottenClient>,
): ForgottenClient {
  const usual: ForgottenClient = {
    find: async (keys) => people.filter((one) => asNineKeys(one.keys).startsWith(keys)).map(({ keys: _, ...p }) => p),
    begin: async () => undefined,
    end: async () => undefined,
    prove: async () => ({ ok: true, event: letIn({ forgotten: vouched('pin') }) }),
  };
  const say = <K extends keyof ForgottenClient>(call: K): ForgottenClient[K] =>
    ((...args: unknown[]) => {
      tell(call, args);
      return ((answers()[call] ?? usual[call]) as (...a: unknown[]) => unknown)(...args);
    }) as ForgottenClient[K];
  return { find: say('find'), begin: say('begin'), end: say('end'), prove: say('prove') };
}

const STAFF = ['忘带证件', '本校教职工'];
export const forgottenScenes: Record<string, Scene> = {
  forgotten: { touch: STAFF },
  'forgotten-found': { touch: [...STAFF, 'JKL', 'DEF'] },
  'forgotten-nobody': { touch: [...STAFF, 'WXYZ'], answers: { forgotten: { find: async () => [] } } },
  'forgotten-person': { touch: [...STAFF, 'JKL', 'DEF', '刘芳', '1', '2'] },
  'forgotten-nopin': { touch: [...STAFF, 'JKL', 'DEF', LONG] },
  'forgotten-wrong': {
    touch: [...STAFF, 'JKL', 'DEF', '刘芳', '1', '2', '3', '4', '确认'],
    answers: { forgotten: { prove: async () => ({ ok: false, reason: 'wrongPin', left: 3 }) } },
  },
  'forgotten-named': {
    status: cutOff(),
    events: [letIn({ permit: null, offline: true, asOf: at(60_000), forgotten: vouched('colleague', LONG) })],
  },
  'forgotten-refused': { events: [letIn({ result: 'refused', refusal: 'suspended' })] },
  'forgotten-post': { events: [{ ...atPost('recorded'), forgotten: vouched() } as KioskEvent] },
  'forgotten-training': {
    status: takingAttendance(12),
    events: [{ ...attended('recorded'), forgotten: vouched() } as KioskEvent],
  },
};
