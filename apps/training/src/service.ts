/** The training service, wired together. README.md says what happens when it, its database or the bus is away. */
import { AppError, Month, Uuid } from '@anyuan/contracts';
import type { TrainingTables } from '@anyuan/db';
import { type AppEnv, type Clock, type Log, OwnerService } from '@anyuan/service';
import { printPdf, writeSheet } from '@anyuan/service/documents';
import { catalogues, LANGUAGES } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { z } from 'zod';
import { showScan } from './certificate-readings.ts';
import { readKeys, type TrainingConfig } from './config.ts';
import { personOf, type TrainingContext } from './context.ts';
import { proof } from './education.ts';
import { answerFile } from './files.ts';
import { follow } from './follow.ts';
import { ledgerPaper, ledgerSheet } from './papers.ts';
import { peopleTemplate } from './people-sheet.ts';
import { remind } from './reminders.ts';
import { tellRosterAnew } from './roster-told.ts';
import { createRouter } from './router.ts';
import { trainingLedger } from './session-records.ts';

export * from './imports/duty.ts';
export * from './imports/learning.ts';
export * from './imports/people.ts';

const MINUTE_MS = 60_000;
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const LedgerQuery = z.object({ month: Month, lang: z.enum(LANGUAGES).default('zh') });

export const TrainingService = {
  create(config: TrainingConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<TrainingTables>> {
    const keys = readKeys(config.ANYUAN_KEYS);
    return OwnerService.create<TrainingTables>({
      name: 'training',
      config,
      ...overrides,
      router: ({ db, clock }) => createRouter({ db, clock, keys }),
      routes: (app, { db, clock }) => fileRoutes(app, { db, clock, keys }, config.ANYUAN_SCHOOL_NAME),
      follow,
      round: {
        everyMs: MINUTE_MS,
        async run(trx, now) {
          await tellRosterAnew(trx, now);
          await remind(trx, now);
        },
      },
    });
  },
};

/** Ids only in the addresses. A scan shows the whole number, so it takes the same right as the number. */
export function fileRoutes(app: Hono<AppEnv>, ctx: TrainingContext, school: string): void {
  for (const kind of ['pdf', 'xlsx'] as const)
    app.get(`/ledger.${kind}`, (c) =>
      answerFile(c, 'training.read', async (actor) => {
        const query = LedgerQuery.safeParse(c.req.query());
        if (!query.success) throw new AppError('badInput', 'which month?');
        const { month, lang } = query.data;
        const rows = await trainingLedger(ctx.db.kysely, month);
        const by = personOf(actor).name;
        const printing = { school, month, by, now: ctx.clock.now(), text: catalogues[lang] };
        return kind === 'pdf'
          ? { type: 'application/pdf', bytes: await printPdf(ledgerPaper(rows, printing)) }
          : { type: SHEET, bytes: await writeSheet(ledgerSheet(rows, printing)) };
      }),
    );
  app.get('/people-template.xlsx', (c) =>
    answerFile(c, 'training.write', async () => {
      const language = LANGUAGES.find((one) => one === c.req.query('lang')) ?? 'zh';
      return { type: SHEET, bytes: await writeSheet(peopleTemplate(catalogues[language])) };
    }),
  );
  app.get('/certificates/:id/scan', (c) =>
    answerFile(c, 'training.write', async (actor) => {
      const certificate = Uuid.safeParse(c.req.param('id'));
      if (!certificate.success) return undefined;
      return showScan(ctx, { certificate: certificate.data, by: personOf(actor), purpose: 'scan' });
    }),
  );
  app.get('/lessons/:id/proof', (c) =>
    answerFile(c, 'training.own', async (actor) => {
      const lesson = Uuid.safeParse(c.req.param('id'));
      return lesson.success ? proof(ctx.db.kysely, personOf(actor), lesson.data) : undefined;
    }),
  );
}
