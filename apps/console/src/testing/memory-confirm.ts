/** Who waits at the gate for the signed-in person, in memory. All people are invented. */
import { AppError, type ConfirmPolicy, type Host, type HostQuestion, type VisitView } from '@anyuan/contracts';
import type { AtTheGate, ConfirmClient } from '../lib/clients/confirm.ts';

export const nobodyAtTheGate: AtTheGate = { questions: [], overdue: [] };
const idOf = (n: number) => `0199e1a4-5e10-7000-8000-${String(970 + n).padStart(12, '0')}`;
const me = { id: 's-liu', name: '刘芳' };
const staff = (id: string, name: string, department: string, title: string): Host => ({ id, name, department, title });
const people = [
  staff('s-chen', '陈立新', '校长室', '校长'),
  staff('s-guo', '郭婷', '三(1)班', '班主任'),
  staff('s-liu', '刘芳', '三(2)班', '班主任'),
  staff('s-ma', '马超', '体育组', '教师'),
];

export function atTheGate(now: number, overdue: VisitView[]): AtTheGate {
  const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
  const question = (n: number, given: Partial<HostQuestion>): HostQuestion => ({
    ...{ question: idOf(n), gate: 'east', reason: 'parentTalk', guard: { id: 'g-1', name: '王建国' } },
    visitor: { name: '张伟明', type: 'parent', count: 1 },
    host: { ...me, department: '三(2)班', title: '班主任' },
    ...{ askedAt: ago(23), asked: [{ as: 'host', person: me, since: ago(23) }], state: 'open', answer: null },
    ...given,
  });
  return {
    questions: [
      question(1, {}),
      question(2, {
        visitor: { name: '阿卜杜热合曼·买买提艾力·玉素甫', type: 'contractor', count: 6 },
        ...{ reason: 'repair', askedAt: ago(95), state: 'coming' },
        host: { id: 's-guo', name: '郭婷', department: '三(1)班', title: '班主任' },
        asked: [
          { as: 'host', person: { id: 's-guo', name: '郭婷' }, since: ago(95) },
          { as: 'deputy', person: me, since: ago(35) },
        ],
        answer: { by: me, as: 'deputy', at: ago(10), decline: null, note: null },
      }),
      question(3, {
        ...{ visitor: { name: '何强', type: 'guest', count: 1 }, reason: 'other', state: 'no', askedAt: ago(400) },
        answer: { by: me, as: 'host', at: ago(380), decline: 'unknownPerson', note: null },
      }),
    ],
    overdue,
  };
}

export function memoryConfirm(
  scene: AtTheGate,
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): ConfirmClient {
  const questions = new Map(scene.questions.map((q) => [q.question, q]));
  let policy: ConfirmPolicy = {
    ...{ waitSeconds: 60, dutyLeader: 's-chen', closing: '18:30' },
    deputies: [
      { host: 's-guo', deputy: 's-liu' },
      { host: 's-ma', deputy: 's-left' },
    ],
  };
  return {
    asking: () => answer({ policy, people }),
    saveAsking: async (given) => {
      await answer(undefined);
      sent.push(['saveAsking', given]);
      const gone = given.deputies.map(({ deputy }) => deputy).filter((id) => !people.some((one) => one.id === id));
      if (gone.length > 0) return { result: 'cannotAnswer', people: gone };
      policy = given;
      return { result: 'saved' };
    },
    mine: () => answer({ questions: [...questions.values()], overdue: scene.overdue }),
    answer: async (given) => {
      const before = questions.get(given.question);
      if (!before) throw new AppError('notFound', 'no such question');
      sent.push(['answerHost', given]);
      const at = new Date().toISOString();
      const question: HostQuestion = {
        ...before,
        state: given.answer,
        answer: { by: me, as: 'host', at, decline: given.decline ?? null, note: null },
      };
      questions.set(given.question, question);
      return answer({ result: 'taken' as const, question });
    },
  };
}
