import { type Actor, newId } from '@anyuan/contracts';
import { type AppEnv, createApp, createLog, router } from '@anyuan/service';
import type { PrintedDocument } from '@anyuan/service/documents';
import type { Language } from '@anyuan/ui/text';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { paperOf, planFileRoutes } from '../src/plan-files.ts';
import { cardsPaper, planPaper } from '../src/plan-papers.ts';
import { administrator, agent, guard, planBody, plansSite, principal } from './plans-site.ts';

const SCHOOL = '青禾小学';
let site: Awaited<ReturnType<typeof plansSite>>;
beforeAll(async () => {
  site = await plansSite();
});
afterAll(() => site.close());

let plan: string;
beforeEach(async () => {
  await site.empty();
  site.clock.set('2026-11-23 09:00');
  plan = newId();
  const body = {
    ...planBody(['拉响警报', '按路线撤离到操场']),
    places: [
      { class: 'c-32', place: '操场东侧', route: '走西楼梯' },
      { class: '*', place: '操场西侧', route: '' },
    ],
  };
  await sql`insert into classes values ('c-32', '三（2）班', 3, 's-liu', '刘芳') on conflict do nothing`.execute(
    site.admin.kysely,
  );
  await site
    .as(administrator)
    .createPlan({ id: plan, kind: 'fire', level: 'major', title: '火灾疏散预案', version: newId(), body });
});

async function status(path: string, actor: Actor | null = guard): Promise<number> {
  const health = async () => ({ ok: true, away: [] });
  const app = createApp({ router: router({}), log: createLog('drills', 'silent'), health });
  planFileRoutes(app, site, SCHOOL);
  const response = await app.request(path, {}, { actor } satisfies AppEnv['Bindings']);
  if (response.status === 200) {
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect((await response.text()).slice(0, 5)).toBe('%PDF-');
  }
  return response.status;
}
/** What goes to the printer. */
const paper = (given: { version?: string; language?: Language } = {}) =>
  paperOf(site, { plan, by: '王建国', language: 'zh', schoolName: SCHOOL, ...given });
const blocks = (document: PrintedDocument) => JSON.stringify(document.body);
async function approve(): Promise<string> {
  const { plan: view } = await site.as(administrator).plan({ plan });
  if (!view.draft) throw new Error('no draft');
  const { id: version, draftedAt } = view.draft;
  await site.as(principal).approvePlanVersion({ version, draftedAt });
  return version;
}

test('the plan on paper: title, level, version, who approved it, duties, steps, places', async () => {
  await approve();
  expect(await status(`/files/plans/${plan}.pdf`)).toBe(200);
  const document = planPaper(await paper());
  expect(document).toMatchObject({ title: '火灾疏散预案', subtitles: [SCHOOL, '2026-11-23 09:00 王建国打印'] });
  const [facts] = document.body;
  expect(facts?.kind === 'facts' && Object.fromEntries(facts.facts)).toMatchObject({
    ...{ 级别: '较大', 版本: '第 1 版', 总负责人: '张明', 批准: '张明 2026-11-23' },
  });
  for (const row of [
    ['断电断气', '后勤李师傅', '切断总电源和燃气'],
    [2, '按路线撤离到操场'],
    ['三（2）班', '操场东侧', '走西楼梯'],
    ['其他班级', '操场西侧', ''],
  ])
    expect(blocks(document)).toContain(JSON.stringify(row));
});

test('an older version says that it counts no more; the next names its findings', async () => {
  const old = await approve();
  const finding = await site.finding();
  const draft = { plan, version: newId(), body: planBody(), why: '东楼梯改单向', findings: [finding] };
  await site.as(administrator).draftPlanVersion(draft);
  await approve();
  const document = planPaper(await paper());
  expect(document.subtitles).toHaveLength(2);
  for (const words of ['第 2 版', '东楼梯堵', '2026-11-20', '东楼梯改单向']) expect(blocks(document)).toContain(words);
  const before = planPaper(await paper({ version: old }));
  expect(before.subtitles).toContain('已作废：现行的是第 2 版');
  expect(blocks(before)).toContain('第 1 版');
  expect(await status(`/files/plans/${plan}.pdf?version=${old}`)).toBe(200);
});

test('role cards to cut out, one for each duty', async () => {
  await approve();
  expect(await status(`/files/plans/${plan}/cards.pdf`)).toBe(200);
  const foot = '火灾疏散预案 第 1 版';
  expect(cardsPaper(await paper()).body).toEqual([
    {
      kind: 'cards',
      cards: [
        { title: '疏散引导', under: '各班班主任', text: '带本班到集合点并点名', foot },
        { title: '断电断气', under: '后勤李师傅', text: '切断总电源和燃气', foot },
      ],
    },
  ]);
});

test('in English too', async () => {
  await approve();
  expect(blocks(planPaper(await paper({ language: 'en' })))).toContain('Version 1');
  expect(cardsPaper(await paper({ language: 'en' })).subtitles.at(-1)).toContain('Cut along the dashed lines');
});

test('a draft is not printed; nor anything for nobody, an agent or an unknown id', async () => {
  const { plan: view } = await site.as(administrator).plan({ plan });
  expect(await status(`/files/plans/${plan}.pdf`, administrator)).toBe(404);
  expect(await status(`/files/plans/${plan}.pdf?version=${view.draft?.id}`, administrator)).toBe(404);
  await approve();
  expect(await status(`/files/plans/${plan}.pdf`, null)).toBe(401);
  expect(await status(`/files/plans/${plan}/cards.pdf`, agent)).toBe(403);
  expect(await status(`/files/plans/${newId()}.pdf`)).toBe(404);
  expect(await status(`/files/plans/${plan}.pdf?version=1`)).toBe(404);
});
