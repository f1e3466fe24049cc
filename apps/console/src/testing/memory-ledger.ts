/** The ledger service in memory: what is reported, assigned or mended here is so when it is asked for again. */
import {
  AppError,
  type HazardChange,
  type HazardFile,
  type HazardHistoryEntry,
  type HazardRefusal,
  type HazardResult,
  type HazardView,
  type LiveEvent,
  schoolDate,
} from '@anyuan/contracts';
import type { LedgerClient } from '../lib/clients/ledger.ts';
import { isLate, isOpen, toMend } from '../lib/hazards/hazard.ts';
import { zhou } from './drills-fixtures.ts';

export function memoryLedger(
  scene: readonly HazardView[],
  answer: <T>(value: T) => Promise<T>,
  tell: (event: LiveEvent) => void,
  sent: [name: string, input: unknown][],
): LedgerClient {
  let all = [...scene];
  const histories = new Map<string, HazardHistoryEntry[]>();
  const photos = new Map<string, HazardFile['photos']>();
  const now = () => new Date().toISOString();
  const today = () => schoolDate(Date.now());
  const found = (id: string): HazardView => {
    const hazard = all.find((h) => h.id === id);
    if (!hazard) throw new AppError('notFound', 'scene');
    return hazard;
  };
  const line = (id: string, type: HazardChange, detail: Record<string, unknown> = {}) => {
    const lines = histories.get(id) ?? [];
    histories.set(id, [...lines, { seq: lines.length + 1, at: now(), type, actor: zhou, detail }]);
  };
  const change = async (
    type: HazardChange,
    command: { hazard: string },
    to: (hazard: HazardView) => Partial<HazardView> | HazardRefusal,
  ): Promise<HazardResult> => {
    await answer(undefined);
    sent.push([`hazard.${type}`, command]);
    const hazard = found(command.hazard);
    const changed = to(hazard);
    if (typeof changed === 'string') return { result: 'refused', refusal: changed, hazard };
    const after = { ...hazard, ...changed };
    all = all.map((h) => (h.id === after.id ? after : h));
    line(after.id, type, { ...command });
    tell({ type: 'hazards' });
    return { result: 'done', hazard: after };
  };

  return {
    hazards: (filter) =>
      answer(undefined).then(() => ({
        hazards: all.filter((h) => filter === 'all' || (filter === 'late' ? isLate(h) : isOpen(h))),
        more: null,
      })),
    mine: () => answer(undefined).then(() => all.filter((h) => h.owner?.id === zhou.id && toMend(h))),
    counts: () => answer(undefined).then(() => ({ open: all.filter(isOpen).length, late: all.filter(isLate).length })),
    hazard: (id) =>
      answer(undefined).then(() => {
        const hazard = found(id);
        const first = {
          seq: 0,
          at: hazard.reportedAt,
          type: 'reported',
          actor: hazard.reportedBy,
          detail: {},
        } as const;
        return { hazard, history: [first, ...(histories.get(id) ?? [])], photos: photos.get(id) ?? [] };
      }),
    report: async ({ source, ...given }) => {
      await answer(undefined);
      sent.push(['hazard.reported', { ...given, source }]);
      const [model] = all.slice(-1);
      const base = model ?? found('');
      const by = source.kind === 'report' ? { ...source, by: zhou } : source;
      const hazard: HazardView = {
        ...base,
        ...given,
        ...{ number: 'Y-1199', source: by, reportedBy: zhou, reportedAt: now(), status: 'reported' },
        ...{ level: null, owner: null, deadline: null, measure: '', stopgap: '', late: 0, escalated: 0 },
        ...{ fixedAt: null, fixedBy: null, evidence: '', verifiedAt: null, verifiedBy: null, reason: '' },
      };
      all = [hazard, ...all];
      tell({ type: 'hazards' });
      return { result: 'done', hazard };
    },
    addPhoto: async ({ id, hazard, of }) => {
      await answer(undefined);
      sent.push(['hazard.photo', { id, hazard, of }]);
      photos.set(hazard, [...(photos.get(hazard) ?? []), { id, of, at: now(), by: zhou }]);
      return { result: 'stored', photo: id };
    },
    assign: (command) =>
      change('assigned', command, ({ deadline: before }) => {
        const { level, owner, deadline, measure, stopgap } = command;
        if (before && deadline > before) return 'deadlineLater';
        if (deadline < today()) return 'deadlinePast';
        return { status: 'assigned', level, owner, deadline, measure, stopgap, late: 0 };
      }),
    extend: (command) =>
      change('deadlineExtended', command, ({ deadline }) =>
        deadline && command.deadline <= deadline ? 'deadlineNotLater' : { deadline: command.deadline, late: 0 },
      ),
    fix: (command) =>
      change('fixed', command, () => ({ status: 'fixed', fixedAt: now(), fixedBy: zhou, evidence: command.evidence })),
    verify: (command) =>
      change('verified', command, ({ fixedBy }) =>
        fixedBy?.id === zhou.id ? 'ownFix' : { status: 'verified', verifiedAt: now(), verifiedBy: zhou },
      ),
    reopen: (command) =>
      change('reopened', command, ({ owner, deadline }) => ({
        status: owner ? 'reopened' : 'reported',
        ...{ reason: command.reason, deadline: command.deadline ?? deadline, fixedAt: null, fixedBy: null },
      })),
    reject: (command) => change('rejected', command, () => ({ status: 'rejected', reason: command.reason })),
    urge: (command) => change('urged', command, () => ({ urgedAt: now() })),
  };
}
