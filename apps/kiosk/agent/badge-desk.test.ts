import type { BadgeEvent, VisitView } from '@anyuan/contracts';
import type { Block, PrintResult } from '@anyuan/devices';
import { beforeEach, expect, test, vi } from 'vitest';
import { BadgeDesk } from './badge-desk.ts';

const visit: VisitView = {
  ...{ visit: '0199e1a4-5e10-7000-8000-000000000901', number: 'E1123-007', name: '张伟明', document: 'resident' },
  ...{ idLast4: '2718', reason: 'parentTalk', security: { result: 'clear' }, status: 'onSite', refusal: null },
  host: { id: 'liufang', name: '刘芳', department: '三(2)班', title: '班主任' },
  ...{ gate: 'main', guard: { id: 'wang', name: '王建国' }, leftAt: null, offline: false, type: 'parent' },
  ...{ admittedAt: '2026-11-23T00:12:30.000Z', until: '2026-11-23T01:12:30.000Z', party: { count: 1, names: [] } },
  ...{ gone: 0, confirmation: { how: 'notNeeded' }, certificate: null, work: null, firm: null, booking: null },
  ...{ plate: null, held: null },
};
const now = Date.parse('2026-11-23T00:12:31.000Z');

let told: Pick<BadgeEvent, 'state' | 'fault' | 'cut'>[];
let kept: unknown[];
let jobs: Block[][];
let finish: (result: PrintResult) => void;
let onSite: VisitView[];
beforeEach(() => {
  [told, kept, jobs, onSite] = [[], [], [], [visit]];
});

function desk(print = () => new Promise<PrintResult>((resolve) => (finish = resolve))) {
  return new BadgeDesk({
    gateName: '东门',
    printer: {
      columns: 48,
      print: (blocks) => {
        jobs.push([...blocks]);
        return print();
      },
    },
    journal: { keep: (kind, _id, body, _at, send) => kept.push({ kind, body, send }) },
    clock: { now: () => now },
    duty: () => ({ id: 'wang', name: '王建国' }),
    visit: (id) => onSite.find((one) => one.visit === id),
    tell: ({ state, fault, cut }) => told.push({ state, fault, cut }),
    log: { error: vi.fn() },
  });
}
const settled = () => new Promise((resolve) => setImmediate(resolve));
const PRINTING = { state: 'printing', fault: null, cut: false };
const linesOf = (blocks: Block[] | undefined) =>
  (blocks ?? []).flatMap((b) => (b.kind === 'text' ? [b.text] : b.kind === 'qr' ? [`QR ${b.data}`] : []));

test('the badge says who, why, to whom, when, until when, and is read by the scanner at leaving', () => {
  desk().admitted(visit.visit);
  expect(linesOf(jobs[0])).toEqual([
    '东门 访客证',
    'E1123-007',
    '张伟明',
    '事由      家长面谈',
    '去找      刘芳（三(2)班 班主任）',
    '进校      11-23 08:12',
    '预计离校  09:12',
    'QR E1123-007',
    '请佩戴，离校时交还门岗',
    'Please return this badge at the gate.',
  ]);
});

test('a group has one badge with its number of people; a driver his plate, kept things their ticket', () => {
  onSite = [
    {
      ...{ ...visit, party: { count: 4, names: [] }, plate: '京A12345', until: '2026-11-24T01:00:00.000Z' },
      held: { ticket: 'E1123-K02', items: ['刀具'], outcome: null, because: null, note: null, at: null, by: null },
    },
  ];
  desk().admitted(visit.visit);
  expect(linesOf(jobs[0])).toEqual(
    expect.arrayContaining(['一行 4 人', '预计离校  11-24 09:00', '车牌      京A12345', '寄存      E1123-K02']),
  );
});

test('printed is told when the printer has said so, and it is not on record twice', async () => {
  desk().admitted(visit.visit);
  await settled();
  expect(told).toEqual([PRINTING]);
  finish({ printed: true });
  await settled();
  expect(told).toEqual([PRINTING, { state: 'printed', fault: null, cut: false }]);
  expect(kept).toEqual([]);
});

test.each<[string, () => Promise<PrintResult>, Partial<BadgeEvent>]>([
  ['fails', async () => ({ printed: false, fault: 'paperOut', cut: true }), { fault: 'paperOut', cut: true }],
  ['breaks', async () => Promise.reject(new Error('broken')), { fault: 'printerFault' }],
  [
    'breaks at once',
    () => {
      throw new Error('broken');
    },
    { fault: 'printerFault' },
  ],
])('a printer that %s is a word, never an error of the admission', async (_how, print, word) => {
  const badges = desk(print);
  expect(() => badges.admitted(visit.visit)).not.toThrow();
  await settled();
  expect(told.at(-1)).toMatchObject({ state: 'failed', ...word });
});

test('a reprint is on record before it is begun, stays at the gate, and two touches are one', async () => {
  const badges = desk();
  badges.reprint(visit.visit);
  badges.reprint(visit.visit);
  expect(kept).toEqual([
    {
      ...{ kind: 'badge', send: false },
      body: {
        visit: visit.visit,
        number: 'E1123-007',
        at: '2026-11-23T00:12:31.000Z',
        by: { id: 'wang', name: '王建国' },
      },
    },
  ]);
  expect(jobs).toHaveLength(1);
  finish({ printed: false, fault: 'paperOut', cut: false });
  await settled();
  badges.reprint(visit.visit);
  expect([jobs.length, kept.length]).toEqual([2, 2]);
});

test('who has left gets no badge any more', () => {
  onSite = [];
  expect(() => desk().reprint(visit.visit)).toThrow('no such visit');
  desk().admitted(visit.visit);
  expect([jobs, told]).toEqual([[], []]);
});
