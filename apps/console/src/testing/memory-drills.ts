/** The drills service in memory: what is scheduled, begun, found or written here is there when it is asked for again. */
import {
  AppError,
  type CalendarDay,
  type Clash,
  type ClassRoll,
  type Conflict,
  type DrillView,
  type FindingView,
  type LiveEvent,
  type PlanDetail,
  type PlanVersion,
  type RollState,
  type ScheduleDrill,
  type Scheduled,
  type SkillRecord,
  schoolDate,
  type TermView,
} from '@anyuan/contracts';
import type { DrillPage, DrillsClient } from '../lib/clients/drills.ts';
import * as made from './drills-fixtures.ts';
import { memoryPatrols } from './memory-patrols.ts';

export interface MemoryDrills {
  client: DrillsClient;
  /** Every command that was sent, by name. */
  sent: [name: string, input: unknown][];
}

export function memoryDrills(
  scene: made.DrillsScene,
  answer: <T>(value: T) => Promise<T>,
  tell: (event: LiveEvent) => void,
): MemoryDrills {
  const now = Date.now();
  let { page, findings, plans } = scene;
  let running = scene.running;
  let fed: string | null = null;
  const skills: SkillRecord[] = [];
  const sent: [string, unknown][] = [];
  const changed = () => tell({ type: 'drills' });
  const all = () => (running ? [...page.drills.filter((d) => d.id !== running?.id), running] : page.drills);
  const found = <T extends object>(what: T | undefined): T => {
    if (what === undefined) throw new AppError('notFound', 'scene');
    return what;
  };
  const order = async (name: string, input: unknown, run: () => void = () => undefined) => {
    await answer(undefined);
    sent.push([name, input]);
    run();
    changed();
  };
  const put = (drill: DrillView): DrillView => {
    page = { ...page, drills: [...page.drills.filter((d) => d.id !== drill.id), drill] };
    running = drill.status === 'running' ? drill : running?.id === drill.id ? null : running;
    return drill;
  };
  const change = (id: string, to: Partial<DrillView>) => put({ ...found(all().find((d) => d.id === id)), ...to });
  function conflictsOn(date: string, id: string): Conflict[] {
    const kind = page.view?.days.find((d) => d.date === date)?.kind ?? 'outside';
    const conflicts: Conflict[] = [];
    if (kind === 'holiday' || kind === 'weekend' || kind === 'exam' || kind === 'unknown') conflicts.push(kind);
    if (kind === 'outside') conflicts.push('outsideTerm');
    if (date < schoolDate(now)) conflicts.push('past');
    if (all().some((d) => d.date === date && d.id !== id && d.status !== 'cancelled')) conflicts.push('anotherDrill');
    return conflicts;
  }
  const clashes = ({ days }: TermView): Clash[] =>
    all().flatMap((d): Clash[] => {
      const kind = days.find((day) => day.date === d.date)?.kind;
      const closed = d.status === 'planned' && d.date >= schoolDate(now);
      return closed && (kind === 'holiday' || kind === 'exam') ? [{ drill: d.id, why: kind }] : [];
    });
  const planned = ({ id, kind, ...rest }: ScheduleDrill): DrillView => ({
    ...made.drill(now, 1),
    ...rest,
    id,
    kind,
    mode: kind === 'buttonTest' ? 'test' : 'exercise',
  });
  function schedule(drill: ScheduleDrill): Scheduled {
    const conflicts = conflictsOn(drill.date, drill.id);
    return conflicts.length > 0
      ? { result: 'conflict', conflicts }
      : { result: 'scheduled', drill: put(planned(drill)) };
  }
  const detail = (id: string): DrillPage => {
    const at = made.drillPage(now, found(all().find((d) => d.id === id)), findings);
    return { ...at, skills: [...at.skills, ...skills.filter((s) => s.drill === id)] };
  };
  const setDay = (day: CalendarDay) => {
    if (!page.view) return;
    const days = page.view.days.map((d) => (d.date === day.date ? day : d));
    page = { ...page, view: { ...page.view, days } };
  };
  const rolls = new Map<string, ClassRoll>();
  /** A phone that was cut off in the running drill finds it over: its marks are taken all the same. */
  const over = { ...made.runningDrill(now), status: 'ended' as const, endedAt: new Date(now).toISOString() };
  const rollOf = (drill: string, schoolClass: string) =>
    rolls.get(schoolClass) ?? made.classRoll(now, found([...all(), over].find((d) => d.id === drill)), schoolClass);
  const setPlan = (id: string, to: (plan: PlanDetail) => PlanDetail) => {
    plans = plans.map((p) => (p.plan.id === id ? to(p) : p));
  };
  const versionOf = (rest: Pick<PlanVersion, 'id' | 'plan' | 'number' | 'body' | 'why' | 'findings'>): PlanVersion => ({
    ...rest,
    status: 'draft',
    draftedBy: made.zhou,
    draftedAt: new Date().toISOString(),
    approvedBy: null,
    approvedAt: null,
  });

  const client: DrillsClient = {
    patrols: memoryPatrols(scene.patrols, answer, (name, input) => sent.push([name, input]), tell),
    term: () =>
      answer(undefined).then(() => ({
        ...page,
        view: page.view && { ...page.view, clashes: clashes(page.view) },
        drills: all(),
      })),
    saveTerm: (term) =>
      order('saveTerm', term, () => {
        page = { ...page, terms: [...page.terms.filter((t) => t.id !== term.id), term] };
      }),
    saveExam: (exam) =>
      order('saveExam', exam, () => {
        if (page.view) page = { ...page, view: { ...page.view, exams: [...page.view.exams, exam] } };
      }),
    removeExam: (exam) =>
      order('removeExam', exam, () => {
        if (page.view) page = { ...page, view: { ...page.view, exams: page.view.exams.filter((e) => e.id !== exam) } };
      }),
    saveDay: (day) => order('saveDay', day, () => setDay({ ...day, nameEn: day.name, own: true })),
    removeDay: (date) =>
      order('removeDay', date, () => setDay({ date, kind: 'schoolDay', name: '', nameEn: '', own: false })),
    confirmDays: (span) =>
      order('confirmDays', span, () => {
        if (page.view)
          page = {
            ...page,
            view: { ...page.view, unknownYears: page.view.unknownYears.filter((y) => !span.from.startsWith(`${y}`)) },
          };
      }),
    saveFacts: (facts) =>
      order('saveFacts', facts, () => {
        if (page.view) page = { ...page, view: { ...page.view, facts } };
      }),
    changeRule: (rule) =>
      order('changeRule', rule, () => {
        if (page.view)
          page = {
            ...page,
            view: {
              ...page.view,
              rules: page.view.rules.map((r) =>
                r.rule.id === rule.rule
                  ? { ...r, enabled: rule.enabled, reason: rule.enabled ? null : rule.reason }
                  : r,
              ),
            },
          };
      }),
    addRule: (rule) => order('addRule', rule),
    propose: () =>
      answer({
        drills: [
          { kind: 'bus', date: made.termDay(now, 14, 2), time: '10:00', rules: ['bus-term'], late: ['bus-term'] },
          { kind: 'stampede', date: made.termDay(now, 14, 3), time: '10:00', rules: ['stampede-term'], late: [] },
        ],
        unmet: [
          {
            rule: 'evacuation-month',
            period: { from: made.termDay(now, 18, 5), to: made.termDay(now, 21, 5) },
            missing: 1,
            why: 'calendarUnknown',
          },
        ],
      }),
    schedule: async (drill) => {
      await answer(undefined);
      sent.push(['schedule', drill]);
      const result = schedule(drill);
      changed();
      return result;
    },
    scheduleAll: async (drills) => {
      await answer(undefined);
      sent.push(['scheduleAll', drills]);
      const results = drills.map((d) => ({ id: d.id, ...schedule(d) }));
      changed();
      return {
        scheduled: results.flatMap((r) => (r.result === 'scheduled' ? [r.drill] : [])),
        conflicts: results.flatMap((r) => (r.result === 'conflict' ? [{ id: r.id, conflicts: r.conflicts }] : [])),
      };
    },
    move: async (move) => {
      await answer(undefined);
      sent.push(['move', move]);
      const conflicts = conflictsOn(move.date, move.drill);
      if (conflicts.length > 0) return { result: 'conflict', conflicts };
      const drill = change(move.drill, { date: move.date, time: move.time });
      changed();
      return { result: 'scheduled', drill };
    },
    cancel: (command) =>
      order('cancel', command, () => change(command.drill, { status: 'cancelled', cancelReason: command.reason })),
    people: () => answer(made.staff()),
    classes: () => answer(made.classes()),
    drill: (drill) => answer(undefined).then(() => detail(drill)),
    begin: async (command) => {
      await answer(undefined);
      sent.push(['begin', command]);
      const startedAt = new Date().toISOString();
      const begun = change(command.drill, { status: 'running', incident: command.incident, startedAt });
      changed();
      return begun;
    },
    end: (command) =>
      order('end', command, () => {
        change(command.drill, {
          status: 'ended',
          endedAt: new Date().toISOString(),
          result: { wholeSeconds: 131, met: false, expected: 345, present: 343, missing: 1, elsewhere: 1, unmarked: 0 },
        });
      }),
    running: () => answer(running ? [running] : []),
    rollCall: () =>
      answer({ drill: running, classes: made.classCounts(now, now - 97_000, true), mine: ['c-0'], next: null }),
    roll: (drill, schoolClass) => answer(undefined).then(() => rollOf(drill, schoolClass)),
    takeRoll: async (roll) => {
      await answer(undefined);
      sent.push(['takeRoll', roll]);
      const before = rollOf(roll.drill, roll.class);
      const pupils = before.pupils.map((p) => {
        const mark = roll.marks.findLast((m) => m.pupil === p.id);
        return mark ? { ...p, state: mark.state, at: mark.at, by: made.zhou.name, note: mark.note } : p;
      });
      const of = (state: RollState) => pupils.filter((p) => p.state === state).length;
      const after: ClassRoll = {
        ...before,
        pupils,
        class: {
          ...before.class,
          present: of('present'),
          missing: of('missing'),
          elsewhere: of('elsewhere'),
          reportedAt: roll.report?.at ?? before.class.reportedAt,
        },
      };
      rolls.set(roll.class, after);
      return after;
    },
    recordSkill: (skill) =>
      order('recordSkill', skill, () => {
        skills.push({ ...skill, at: new Date().toISOString(), source: 'observer' });
      }),
    recordFinding: async (finding) => {
      const { id, kind, date } = found(all().find((d) => d.id === finding.drill));
      const [first] = made.findings(now).slice(-1);
      const made1: FindingView = {
        ...found(first),
        ...finding,
        by: made.zhou,
        at: new Date().toISOString(),
        drill: { id, kind, date },
      };
      await order('recordFinding', finding, () => {
        findings = [...findings, made1];
      });
      return made1;
    },
    dismissFinding: async (command) => {
      const before = found(findings.find((f) => f.id === command.finding));
      const result = before.chain.some((s) => s.step === 'hazard' && s.state === 'done') ? 'hasHazard' : 'dismissed';
      const finding: FindingView =
        result === 'dismissed' ? { ...before, state: 'dismissed', dismissed: command.reason } : before;
      await order('dismissFinding', command, () => {
        findings = findings.map((f) => (f.id === finding.id ? finding : f));
      });
      return { result, finding };
    },
    addPhoto: (photo) =>
      order('addPhoto', photo, () => {
        findings = findings.map((f) => (f.id === photo.finding ? { ...f, photos: [...f.photos, photo.id] } : f));
      }),
    findings: () => answer(undefined).then(() => findings),
    evacuations: () => answer(page.view ? made.evacuations(now) : []),
    feed: () => answer(undefined).then(() => fed),
    makeFeed: async () => {
      await order('makeFeed', null, () => {
        fed = new Date().toISOString();
      });
      return '/api/drills/files/calendar/5f0c9a4be1d84f2cb7a60f1f5a1b2c3d.ics';
    },
    plans: {
      list: () => answer(plans.map((p) => p.plan)),
      detail: (plan) => answer(undefined).then(() => found(plans.find((p) => p.plan.id === plan))),
      create: (plan) =>
        order('plans.create', plan, () => {
          const { id, kind, level, title, version, body } = plan;
          const draft = versionOf({ id: version, plan: id, number: 1, body, why: '', findings: [] });
          plans = [
            ...plans,
            {
              plan: { id, kind, level, title, current: null, draft, versions: 1, read: 0, readers: 0 },
              versions: [draft],
              reads: [],
            },
          ];
        }),
      draft: async ({ version: id, draftedAt, ...rest }) => {
        const { plan } = found(plans.find((p) => p.plan.id === rest.plan));
        if (plan.draft?.id === id && plan.draft.draftedAt !== draftedAt)
          return { result: 'changed', draft: plan.draft };
        const draft = versionOf({ id, number: plan.draft?.number ?? plan.versions + 1, ...rest });
        await order('plans.draft', { version: id, ...rest }, () =>
          setPlan(rest.plan, ({ plan: before, versions, reads }) => {
            const kept = versions.filter((v) => v.id !== id);
            return { plan: { ...before, draft, versions: kept.length + 1 }, versions: [draft, ...kept], reads };
          }),
        );
        return { result: 'drafted', version: draft };
      },
      approve: async ({ version }) => {
        const of = found(plans.find((p) => p.versions.some((v) => v.id === version)));
        const before = found(of.versions.find((v) => v.id === version));
        const at = new Date().toISOString();
        const approved: PlanVersion = { ...before, status: 'approved', approvedBy: made.zhou, approvedAt: at };
        await order('plans.approve', version, () =>
          setPlan(of.plan.id, (p) => ({
            ...p,
            plan: { ...p.plan, current: approved, draft: null, read: 0 },
            versions: p.versions.map((v) => (v.id === version ? approved : v)),
          })),
        );
        return { result: 'approved', version: approved };
      },
      confirmRead: (version) =>
        order('plans.confirmRead', version, () => {
          plans = plans.map((p) =>
            p.plan.current?.id === version
              ? {
                  ...p,
                  plan: { ...p.plan, read: p.plan.read + 1 },
                  reads: p.reads.map((r) =>
                    r.person.id === made.zhou.id ? { ...r, at: new Date().toISOString() } : r,
                  ),
                }
              : p,
          );
        }),
    },
  };
  return { client, sent };
}
