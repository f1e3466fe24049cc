/** Shifts and facilities in memory: what is written here is so when it is asked for again. */
import {
  type DutyCell,
  type FacilityView,
  newId,
  type OpenPoint,
  type ShiftBoard,
  schoolDate,
} from '@anyuan/contracts';
import type { ShiftsClient } from '../lib/clients/shifts.ts';

const wang = { id: 's-guard-1', name: '王建国' };
const iso = (ms: number) => new Date(ms).toISOString();

export function memoryShifts(
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): ShiftsClient {
  const now = Date.now();
  const date = schoolDate(now);
  let points: OpenPoint[] = [
    {
      checks: newId(),
      check: 'radio',
      gate: 'main',
      notes: ['noPower', 'toldOffice'],
      at: iso(now - 7_200_000),
      by: wang,
    },
  ];
  let duty: DutyCell[] = [{ date, window: 'arrival', role: 'leader', people: [{ id: 's-chen', name: '陈立新' }] }];
  let facilities: FacilityView[] = [
    {
      ...{ id: newId(), gate: 'east', kind: 'bollards', place: '大门外', count: 8, distanceM: 3, everyMonths: 1 },
      ...{ condition: 'ok', lastLook: { at: iso(now - 5 * 86_400_000), by: wang, note: '' }, nextLook: '2099-01-01' },
      ...{ due: false, hazard: null, photos: [] },
    },
    {
      ...{
        id: newId(),
        gate: 'main',
        kind: 'speedBump',
        place: '校门东侧 30 米',
        count: 2,
        distanceM: 30,
        everyMonths: 1,
      },
      ...{ condition: 'damaged', lastLook: { at: iso(now - 40 * 86_400_000), by: wang, note: '缺了一段' } },
      ...{ nextLook: date, due: true, hazard: newId(), photos: [] },
    },
  ];
  const done = async (name: string, input: unknown) => {
    await answer(undefined);
    sent.push([name, input]);
  };
  const board = (): ShiftBoard => ({
    ...{ at: iso(now), graceMinutes: 10, points, duty },
    gates: [
      {
        ...{ gate: 'main', name: '东门', always: true, onDuty: { guard: wang, since: iso(now - 3_600_000) } },
        expected: [{ ...wang, notInDate: true }],
        gaps: [{ from: iso(now - 5_400_000), to: iso(now - 3_600_000) }],
        ahead: [{ from: iso(now + 86_400_000), to: iso(now + 2 * 86_400_000) }],
      },
      {
        ...{ gate: 'side', name: '西门', always: false, onDuty: null, expected: [], ahead: [] },
        gaps: [{ from: iso(now - 1_800_000), to: null }],
      },
    ],
  });
  return {
    board: () => answer(board()),
    record: (gate, day) =>
      answer({
        ...{ gate, name: '东门', date: day, gaps: [], planned: [], incidents: [], notes: [], duty },
        visits: { admitted: 12, left: 10, refused: 1 },
        forgotten: [
          {
            ...{ person: { id: 's-liufang', name: '刘芳' }, proof: 'colleague', by: { id: 's-chen', name: '陈立新' } },
            ...{ at: iso(now - 7_200_000), outcome: 'in' },
          },
        ],
        shifts: [
          {
            ...{ shift: newId(), gate, guard: wang, planned: null, reason: 'stoodIn', proof: 'pin', offline: false },
            ...{ beganAt: iso(now - 3_600_000), endedAt: null, how: null, incoming: null, notes: [], shown: null },
            ...{ hash: null, checks: [{ check: 'radio', ok: false, seen: 'guard', notes: ['noPower'] }] },
          },
        ],
      }),
    closePoint: async (command) => {
      await done('closePoint', command);
      points = points.filter(({ checks }) => checks !== command.checks);
    },
    setDuty: async ({ command, ...cell }) => {
      await done('setDuty', { command, ...cell });
      const same = (one: DutyCell) => one.date === cell.date && one.window === cell.window && one.role === cell.role;
      duty = [...duty.filter((one) => !same(one)), cell];
    },
    addNote: (command) => done('addDutyNote', command),
    setRule: (gate, always) => done('setRule', { gate, always }),
    setGrace: (minutes) => done('setGrace', { minutes }),
    pins: () => answer([{ id: 's-chen', name: '陈立新', title: '校长', pin: false }]),
    setPin: (person) => done('setPin', { person }),
    facilities: () => answer(facilities),
    saveFacility: async (given) => {
      await done('saveFacility', given);
      const fresh = { condition: null, lastLook: null, nextLook: date, due: true, hazard: null, photos: [] };
      facilities = [...facilities.filter(({ id }) => id !== given.id), { ...fresh, ...given }];
    },
    retireFacility: async (facility, reason) => {
      await done('retireFacility', { facility, reason });
      facilities = facilities.filter(({ id }) => id !== facility);
    },
    look: async (look) => {
      await done('look', look);
      facilities = facilities.map((one) =>
        one.id === look.facility ? { ...one, condition: look.condition, due: false } : one,
      );
    },
    addPhoto: async ({ id, facility }) => {
      await done('facilityPhoto', { id, facility });
      return { result: 'stored', photo: id };
    },
  };
}
