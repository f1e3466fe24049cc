/**
 * The calendar that phones and Outlook subscribe to (RFC 5545). Such programs can't sign in: the address itself is the key,
 * 32 random bytes of which only the hash is kept. So it is shown once, when it is made; making another closes the old one,
 * and nothing else does: whoever only looks keeps his subscription. What stands in it is what
 * its owner might read: drills that are not announced are for planners only, and no name of a pupil ever.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Actor, schoolDate } from '@anyuan/contracts';
import { type AppEnv, iso } from '@anyuan/service';
import { calendarFeed } from '@anyuan/service/documents';
import { catalogues } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { addDays } from './calendar.ts';
import { type DrillsContext, personOf, type Queries } from './context.ts';
import { drillsWhere } from './drill-store.ts';
import { seesAll } from './term-page.ts';
import { examsOf, termsOf } from './terms.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const MINUTE_MS = 60_000;
const LENGTH_MS = 30 * MINUTE_MS;
const BACK_DAYS = 370;

/** Since when this person has an address; null without one. */
export async function feedSince({ db }: DrillsContext, actor: Actor): Promise<string | null> {
  const row = await db.kysely
    .selectFrom('feeds')
    .select('at')
    .where('personId', '=', personOf(actor).id)
    .executeTakeFirst();
  return row ? iso(row.at.getTime()) : null;
}

export async function makeFeed({ db, clock }: DrillsContext, actor: Actor): Promise<{ path: string }> {
  const token = randomBytes(32).toString('hex');
  const person = personOf(actor);
  await db.tx(async (trx) => {
    await trx.deleteFrom('feeds').where('personId', '=', person.id).execute();
    await trx
      .insertInto('feeds')
      .values({ hash: hashOf(token), personId: person.id, planner: seesAll(actor), at: new Date(clock.now()) })
      .execute();
  });
  return { path: `/calendar/${token}.ics` };
}

export function feedRoute(app: Hono<AppEnv>, { db, clock }: DrillsContext): void {
  app.get('/files/calendar/:file{[0-9a-f]{64}\\.ics}', async (c) => {
    const token = c.req.param('file').slice(0, 64);
    const feed = await db.kysely
      .selectFrom('feeds')
      .select('planner')
      .where('hash', '=', hashOf(token))
      .executeTakeFirst();
    if (!feed) return c.json({ code: 'notFound' }, 404);
    const text = await feedText(db.kysely, feed.planner, clock.now());
    return c.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8' });
  });
}

async function feedText(db: Queries, planner: boolean, now: number): Promise<string> {
  const text = catalogues.zh;
  const since = addDays(schoolDate(now), -BACK_DAYS);
  const drills = (await drillsWhere(db, {})).filter(
    (d) => d.date >= since && d.status !== 'cancelled' && (planner || d.announced || d.status !== 'planned'),
  );
  const terms = (await termsOf(db)).filter((t) => t.to >= since);
  const exams = (await Promise.all(terms.map((t) => examsOf(db, t.id)))).flat();
  return calendarFeed({
    name: text.drillPapers.feed.name,
    at: now,
    events: [
      ...drills.map((d) => {
        const start = Date.parse(`${d.date}T${d.time}:00+08:00`);
        return {
          id: d.id,
          start: new Date(start).toISOString(),
          end: new Date(start + LENGTH_MS).toISOString(),
          title: text.drillPapers.feed.title(text.drills.kind[d.kind], d.mode),
          description: text.drillPapers.feed.lead(d.lead.name),
        };
      }),
      ...exams.map((e) => ({ id: e.id, start: e.from, end: e.to, title: e.name, allDay: true })),
    ],
  });
}
