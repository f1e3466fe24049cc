/** The training service in memory: who stands on a shift, what was bought or proven here, is there when asked for again. */
import {
  AppError,
  type CertificateReading,
  type CertificateView,
  EQUIPMENT_KINDS,
  type EquipmentKind,
  type LiveEvent,
  type ShiftView,
  type StaffRecord,
  schoolDate,
} from '@anyuan/contracts';
import type { TrainingClient } from '../lib/clients/training.ts';
import { addDays } from '../lib/training/cells.ts';
import { memoryLearning } from './memory-learning.ts';
import { memoryPeopleImport } from './memory-people-import.ts';
import { gapOf, type TrainingScene } from './training-fixtures.ts';

export function memoryTraining(
  scene: TrainingScene,
  answer: <T>(value: T) => Promise<T>,
  tell: (event: LiveEvent) => void,
  sent: [name: string, input: unknown][],
): TrainingClient {
  const now = Date.now();
  let { shifts, equipment, people, staffing } = scene;
  const records = new Map(scene.record ? [[scene.record.person.id, scene.record]] : []);
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
  /** Of whom nothing was entered: the person, and what is asked of him. */
  const recordOf = (id: string): StaffRecord => {
    const person = there(people.find((p) => p.id === id));
    const known = records.get(id);
    if (known) return { ...known, person };
    const cells = scene.matrix.rows.find((row) => row.person.id === id)?.cells ?? [];
    const needs = scene.matrix.requirements.flatMap((requirement, n) => {
      const cell = cells[n];
      return cell ? [{ requirement, cell }] : [];
    });
    return { person, needs, certificates: [], vettings: [], filings: [], skills: [] };
  };
  const setRecord = (id: string, to: (of: StaffRecord) => Partial<StaffRecord>) => {
    const of = recordOf(id);
    records.set(id, { ...of, ...to(of) });
  };
  const setCertificate = (id: string, to: Partial<CertificateView>) => {
    const holder = there([...records.values()].find((r) => r.certificates.some((c) => c.id === id)));
    setRecord(holder.person.id, ({ certificates }) => ({
      certificates: certificates.map((c) => (c.id === id ? { ...c, ...to } : c)),
    }));
  };
  const putShift = (given: ShiftView) => {
    const onDuty = given.guards.length;
    const shift = { ...given, need: { ...given.need, onDuty, short: Math.max(0, given.need.needed - onDuty) } };
    const at = shifts.findIndex((s) => s.id === shift.id);
    shifts = at < 0 ? [...shifts, shift] : shifts.with(at, shift);
    return shift;
  };
  const setItem = (id: string, to: Partial<(typeof equipment.items)[number]>) => {
    equipment = {
      ...equipment,
      items: equipment.items.map((i) => (i.id === id ? { ...i, ...to } : i)),
      inspectionDue: equipment.inspectionDue.filter((due) => due !== id),
    };
  };
  return {
    learning: memoryLearning(scene.learning, answer, order),
    peopleImport: memoryPeopleImport(answer, order),
    matrix: () => answer(scene.matrix),
    reminders: () => answer(scene.reminders),
    mine: () => answer(scene.mine),
    people: () => answer(people),
    savePerson: ({ cardNumber, ...person }) =>
      order('savePerson', person, () => {
        const before = people.find((p) => p.id === person.id);
        const hasCard = cardNumber === undefined ? (before?.hasCard ?? false) : cardNumber !== null;
        people = [...people.filter((p) => p.id !== person.id), { ...person, hasCard }];
      }),
    record: async (id) => {
      await answer(undefined);
      return recordOf(id);
    },
    addCertificate: ({ supersedes, number, ...given }) =>
      order('addCertificate', { ...given, supersedes, number }, () => {
        const added: CertificateView = {
          ...given,
          last4: number.slice(-4),
          status: 'current',
          withdrawnFor: null,
          hasScan: false,
          recordedBy: by.name,
          recordedAt: new Date(now).toISOString(),
        };
        setRecord(given.person, (of) => ({
          certificates: [
            added,
            ...of.certificates.map((c) => (c.id === supersedes ? { ...c, status: 'superseded' as const } : c)),
          ],
        }));
      }),
    withdrawCertificate: (command) =>
      order('withdrawCertificate', command, () =>
        setCertificate(command.certificate, { status: 'withdrawn', withdrawnFor: command.reason }),
      ),
    addScan: ({ certificate, file }) =>
      order('addScan', { certificate, type: file.type }, () => setCertificate(certificate, { hasScan: true })),
    showNumber: async ({ certificate, purpose }) => {
      await order('showNumber', { certificate, purpose });
      readings.push({ at: new Date(now).toISOString(), what: 'number', by, purpose });
      return '粤保安20244821';
    },
    readings: () => answer([...readings]),
    recordVetting: ({ person, ...vetting }) =>
      order('recordVetting', { person, ...vetting }, () =>
        setRecord(person, (of) => ({ vettings: [{ ...vetting, recordedBy: by.name }, ...of.vettings] })),
      ),
    recordFiling: ({ person, ...filing }) =>
      order('recordFiling', { person, ...filing }, () =>
        setRecord(person, (of) => ({ filings: [{ ...filing, recordedBy: by.name }, ...of.filings] })),
      ),
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
        setItem(i.equipment, {
          lastInspectedOn: i.date,
          nextInspectionOn: addDays(i.date, 180),
          state: i.ok ? 'usable' : 'failedInspection',
        }),
      ),
    recordCheck: async (check) => {
      const expected = (kind: EquipmentKind) => (kind === 'fork' ? 2 : 1);
      const gaps = EQUIPMENT_KINDS.flatMap((kind) => {
        const counted = check.counts[kind];
        return counted !== undefined && counted < expected(kind) ? [{ kind, expected: expected(kind), counted }] : [];
      });
      const done = { ...check, onDuty: 1, gaps };
      await order('recordCheck', check, () => {
        const rooms = equipment.guardRooms.map((r) => (r.gate === check.gate ? { ...r, lastCheck: done } : r));
        equipment = { ...equipment, guardRooms: rooms };
      });
      return done;
    },
  };
}
