/**
 * Plans on paper, beside the router: `/files/plans/<id>.pdf` and `/files/plans/<id>/cards.pdf`, with `?version=<id>` for an
 * older one and `?lang=zh|en`. For every signed-in person: who must know a plan may hold it in his hand. A draft is never
 * printed; on paper nobody could tell it from the real thing.
 */
import { AppError, permissionsOf, Uuid } from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import { type PrintedDocument, printPdf } from '@anyuan/service/documents';
import { catalogues, LANGUAGES, type Language } from '@anyuan/ui/text';
import type { Context, Hono } from 'hono';
import { type DrillsContext, personOf, type Queries } from './context.ts';
import { cardsPaper, type PlanPaper, planPaper } from './plan-papers.ts';
import { planView, versionRows, versionView } from './plan-views.ts';

type Ctx = Pick<DrillsContext, 'db' | 'clock'>;

const CLASSES = 1_000;
const FINDINGS = 50;

export function planFileRoutes(app: Hono<AppEnv>, ctx: Ctx, schoolName: string): void {
  const print = (make: (paper: PlanPaper) => PrintedDocument) => async (c: Context<AppEnv>) => {
    const paper = await paperOf(ctx, { ...asked(c), schoolName });
    return c.body(new Uint8Array(await printPdf(make(paper))), 200, {
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
  };
  app.get('/files/plans/:file{[0-9a-fA-F-]+\\.pdf}', print(planPaper));
  app.get('/files/plans/:file/cards.pdf', print(cardsPaper));
}

function asked(c: Context<AppEnv>) {
  const { actor } = c.env;
  if (!actor) throw new AppError('notSignedIn', 'a plan for nobody');
  if (!permissionsOf(actor).includes('training.own')) throw new AppError('forbidden', 'not a reader of plans');
  const plan = Uuid.safeParse(c.req.param('file')?.replace(/\.pdf$/, ''));
  const version = Uuid.optional().safeParse(c.req.query('version'));
  if (!plan.success || !version.success) throw new AppError('notFound', 'no such plan');
  const language: Language = LANGUAGES.find((l) => l === c.req.query('lang')) ?? 'zh';
  return { plan: plan.data, version: version.data, by: personOf(actor).name, language };
}

export interface AskedPaper {
  plan: string;
  /** The one that counts, unless named. */
  version?: string | undefined;
  by: string;
  language: Language;
  schoolName: string;
}

export async function paperOf({ db, clock }: Ctx, { language, schoolName, by, ...of }: AskedPaper): Promise<PlanPaper> {
  const plan = await planView(db.kysely, of.plan);
  const version = of.version ? await approvedOf(db.kysely, plan.id, of.version) : plan.current;
  if (!version) throw new AppError('notFound', 'no such version is approved');
  return {
    ...{ plan, version, schoolName, by, now: clock.now(), text: catalogues[language] },
    classes: await classNames(db.kysely),
    findings: await findingsOf(db.kysely, version.findings),
  };
}

async function approvedOf(db: Queries, plan: string, id: string) {
  const row = await versionRows(db)
    .where('id', '=', id)
    .where('plan', '=', plan)
    .where('status', '=', 'approved')
    .executeTakeFirst();
  return row && versionView(row);
}

async function classNames(db: Queries): Promise<Map<string, string>> {
  const rows = await db.selectFrom('classes').select(['id', 'name']).orderBy('id').limit(CLASSES).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function findingsOf(db: Queries, ids: readonly string[]): Promise<PlanPaper['findings']> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('findings')
    .innerJoin('drills', 'drills.id', 'findings.drill')
    .select(['findings.what', 'findings.place', 'drills.date'])
    .where('findings.id', 'in', ids)
    .orderBy('drills.date')
    .orderBy('findings.id')
    .limit(FINDINGS)
    .execute();
}
