/** The training service in memory: who stands on a shift, what was bought or proven here, is there when asked for again. */
import { AppError, type CertificateReading, type LiveEvent, type ShiftView, schoolDate } from '@anyuan/contracts';
import type { TrainingClient } from '../lib/clients/training.ts';
import { memoryLearning } from './memory-learning.ts';
import { gapOf, type TrainingScene } from './training-fixtures.ts';

export function memoryTraining(
  scene: TrainingScene,
  answer: <T>(value: T) => Promise<T>,
  tell: (event: LiveEvent) => void,
  sent: [name: string, input: unknown][],
): TrainingClient {
  const now = Date.now();
  let { shifts, equipment, record, people, staffing } = scene;
  const readings: CertificateReading[] = [];
  const by = { id: 'p-zhou', name: '周敏' };
  const there = <T>(what: T | null | undefined): T => {
    if (what === null || what === undefined) throw new AppError('notFound', 'scene');
    return what;
  };
  const order = async (name: string, input: unknown, run: () => void = () => undefined) => {
    await answer(undefined);
    sent.push([name, input]);
    run();
    tell({ type: 'training' });
  };
  const putShift = (given: ShiftView) => {
    const onDuty = given.guards.length;
    const shift = { ...given, need: { ...given.need, onDuty, short: Math.max(0, given.need.needed - onDuty) } };
    const at = shifts.findIndex((s) => s.id === shift.id);
    shifts = at < 0 ? [...shifts, shift] : shifts.with(at, shift);
    return shift;
  };
  const setItem = (id: string, to: Partial<(typeof equipment.items)[number]>) => {
    equipment = { ...equipment, items: equipment.items.map((i) => (i.id === id ? { ...i, ...to } : i)) };
  };
  return {
    learning: memoryLearning(scene.learning, answer, order),
    matrix: () => answer(scene.matrix),
    reminders: () => answer(scene.reminders),
    people: () => answer(people),
    savePerson: ({ cardNumber, ...person }) =>
      order('savePerson', person, () => {
        const before = people.find((p) => p.id === person.id);
        const hasCard = cardNumber === undefined ? (before?.hasCard ?? false) : cardNumber !== null;
        people = [...people.filter((p) => p.id !== person.id), { ...person, hasCard }];
      }),
    record: async () => answer(there(record)),
    addCertificate: (c) =>
      order('addCertificate', c, () => {
        const of = there(record);
        const added = {
          ...c,
          supersedes: undefined,
          last4: c.number.slice(-4),
          status: 'current' as const,
          withdrawnFor: null,
          hasScan: false,
          recordedBy: by.name,
          recordedAt: new Date(now).toISOString(),
        };
        record = { ...of, certificates: [...of.certificates, added] };
      }),
    withdrawCertificate: (command) =>
      order('withdrawCertificate', command, () => {
        const of = there(record);
        const gone = { status: 'withdrawn' as const, withdrawnFor: command.reason };
        record = {
          ...of,
          certificates: of.certificates.map((c) => (c.id === command.certificate ? { ...c, ...gone } : c)),
        };
      }),
    showNumber: async ({ certificate, purpose }) => {
      await order('showNumber', { certificate, purpose });
      readings.push({ at: new Date(now).toISOString(), what: 'number', by, purpose });
      return '粤保安20244821';
    },
    readings: () => answer(readings),
    recordVetting: (vetting) =>
      order('recordVetting', vetting, () => {
        const of = there(record);
        record = { ...of, vettings: [{ ...vetting, recordedBy: by.name }, ...of.vettings] };
      }),
    recordFiling: (filing) =>
      order('recordFiling', filing, () => {
        const of = there(record);
        record = { ...of, filings: [{ ...filing, recordedBy: by.name }, ...of.filings] };
      }),
    staffing: async () => answer(there(staffing)),
    setHeadcount: (given) =>
      order('setHeadcount', given, () => {
        const headcount = { ...given.headcount, from: given.from, by: by.name, at: new Date(now).toISOString() };
        staffing = { ...there(staffing), headcount };
      }),
    shifts: (from, to) => answer(shifts.filter((s) => s.date >= from && s.date <= to)),
    planShifts: (planned) =>
      order('planShifts', planned, () => {
        for (const shift of planned)
          putShift({
            ...shift,
            guards: [],
            need: { needed: 1, onDuty: 0, short: 1, counted: 'gate', text: { zh: '至少 1 名。', en: 'At least 1.' } },
          });
      }),
    putOnShift: async (command) => {
      if (command.person === 's-4' && !command.override) return answer({ result: 'notInDate', gaps: [gapOf(now)] });
      const shift = there(shifts.find((s) => s.id === command.shift));
      const who = there(scene.matrix.rows.find((r) => r.person.id === command.person)).person;
      const override = command.override ? { reason: command.override.reason, by: by.name } : null;
      const put = { ...shift, guards: [...shift.guards, { id: who.id, name: who.name, override }] };
      await order('putOnShift', command, () => putShift(put));
      return { result: 'planned', shift: put, gaps: [] };
    },
    takeOffShift: (command) =>
      order('takeOffShift', command, () => {
        const shift = there(shifts.find((s) => s.id === command.shift));
        putShift({ ...shift, guards: shift.guards.filter((g) => g.id !== command.person) });
      }),
    removeShift: (shift, reason) =>
      order('removeShift', { shift, reason }, () => {
        shifts = shifts.filter(({ id }) => id !== shift);
      }),
    equipment: () => answer(equipment),
    saveGuardRoom: (gate, name) =>
      order('saveGuardRoom', { gate, name }, () => {
        equipment = { ...equipment, guardRooms: [...equipment.guardRooms, { gate, name, lastCheck: null }] };
      }),
    saveEquipment: (item) =>
      order('saveEquipment', item, () => {
        const added = { ...item, lastInspectedOn: null, nextInspectionOn: schoolDate(now), state: 'usable' as const };
        equipment = { ...equipment, items: [...equipment.items, added] };
      }),
    retireEquipment: (id, reason) => order('retireEquipment', { id, reason }, () => setItem(id, { state: 'retired' })),
    inspectEquipment: (i) =>
      order('inspectEquipment', i, () =>
        setItem(i.equipment, { lastInspectedOn: i.date, state: i.ok ? 'usable' : 'failedInspection' }),
      ),
    recordCheck: async (check) => {
      const done = { ...check, onDuty: equipment.onDuty, gaps: [] };
      await order('recordCheck', check, () => {
        const rooms = equipment.guardRooms.map((r) => (r.gate === check.gate ? { ...r, lastCheck: done } : r));
        equipment = { ...equipment, guardRooms: rooms };
      });
      return done;
    },
  };
}
