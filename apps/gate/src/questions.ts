/**
 * The gate asks, the host answers (G1). A question lives for a day and changes only while it is open: the first answer of
 * anybody who was asked counts, a later one is told what came before it. The steps to deputy and duty leader are due in
 * Postgres (`next_at`), so a restart loses none; a look that comes late, or an answer before the look, finds the same people.
 * The night's clearing takes the day's questions away (retention.ts).
 */
import {
  type Actor,
  type AnswerHost,
  AppError,
  type AskHost,
  type HostAnswered,
  type HostQuestion,
  type PersonActor,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import { chainOf, keepAsked, whoIsAsked } from './escalation.ts';
import { readPolicy, staffPerson } from './policy.ts';
import { mustBeItsGate } from './who.ts';

type Trx = Transaction<GateTables>;
type Row = Selectable<GateTables['hostQuestions']>;

/** The gate waits no longer, whoever has forgotten to say so. */
const GIVEN_UP_MS = 30 * 60_000;
/** So long an answer stays in sight of everybody who was asked. */
const ANSWERED_IN_SIGHT_MS = 10 * 60_000;
const BATCH = 200;
/** A gate decides by its own clock, a question is asked by this service's. */
const CLOCKS_DIFFER_MS = 60_000;

const viewOf = ({ id, guardId, guardName, askedAt, nextAt: _due, answerCommand: _by, ...row }: Row): HostQuestion => ({
  ...row,
  question: id,
  guard: { id: guardId, name: guardName },
  askedAt: iso(askedAt.getTime()),
});

const find = (db: Kysely<GateTables>, question: string): Promise<Row | undefined> =>
  db.selectFrom('hostQuestions').selectAll().where('id', '=', question).executeTakeFirst();

async function found(trx: Trx, question: string): Promise<Row> {
  const row = await find(trx, question);
  if (!row) throw new AppError('notFound', 'no such question');
  return row;
}

const tell = (trx: Trx, type: 'asked' | 'answered' | 'withdrawn', row: Row, now: number): Promise<void> =>
  emit(trx, { entity: 'question', type, data: viewOf(row), at: new Date(now) });

export function askHost({ db, clock }: GateContext, actor: Actor, command: AskHost): Promise<HostQuestion> {
  const { question, gate, visitor, reason, host, guard } = command;
  mustBeItsGate(actor, gate);
  return db.tx(async (trx) => {
    await lockInTransaction(trx, `question ${question}`);
    const before = await find(trx, question);
    if (before) return viewOf(before);
    const now = clock.now();
    const policy = await readPolicy(trx);
    const chain = chainOf(policy, host, await staffPerson(trx));
    const { asked, nextAt } = whoIsAsked(chain, policy.waitSeconds * 1000, now, now);
    const row = await trx
      .insertInto('hostQuestions')
      .values({
        id: question,
        gate,
        visitor: JSON.stringify(visitor),
        reason,
        host: JSON.stringify(host),
        guardId: guard.id,
        guardName: guard.name,
        askedAt: new Date(now),
        asked: JSON.stringify(asked),
        state: 'open',
        answer: null,
        answerCommand: null,
        nextAt: nextAt === null ? null : new Date(nextAt),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tell(trx, 'asked', row, now);
    return viewOf(row);
  });
}

/** The gate no longer waits: another host was chosen, he went away, or he was let in by the guard's own word. */
export function withdrawQuestion({ db, clock }: GateContext, actor: Actor, question: string): Promise<HostQuestion> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, `question ${question}`);
    const row = await found(trx, question);
    mustBeItsGate(actor, row.gate);
    return row.state === 'open' ? viewOf(await settle(trx, row, { state: 'withdrawn' }, clock.now())) : viewOf(row);
  });
}

/** @throws AppError `notFound`; whoever was not asked, or came too late, is told so in the result */
export function answerHost({ db, clock }: GateContext, actor: PersonActor, command: AnswerHost): Promise<HostAnswered> {
  return db.tx(async (trx) => {
    await lockInTransaction(trx, `question ${command.question}`);
    const now = clock.now();
    const row = await escalated(trx, await found(trx, command.question), now);
    const asked = row.asked.find(({ person }) => person.id === actor.id);
    if (!asked) throw new AppError('forbidden', 'somebody else was asked');
    if (row.answerCommand === command.command) return { result: 'taken', question: viewOf(row) };
    if (row.state === 'withdrawn') return { result: 'withdrawn', question: viewOf(row) };
    // "I come" may still become yes or no: he stands at the gate now and has seen who it is.
    const mayStill = row.state === 'open' || (row.state === 'coming' && row.answer?.by.id === actor.id);
    if (!mayStill) return { result: 'answered', question: viewOf(row) };
    const { answer, decline = null, note = null } = command;
    const by = { id: actor.id, name: actor.name };
    const said = { by, as: asked.as, at: iso(now), decline, note: note || null };
    const change = { state: answer, answer: JSON.stringify(said), answerCommand: command.command };
    return { result: 'taken', question: viewOf(await settle(trx, row, change, now)) };
  });
}

export async function questionView({ db }: GateContext, question: string): Promise<HostQuestion | null> {
  const row = await find(db.kysely, question);
  return row ? viewOf(row) : null;
}

/** Those that wait for this person, and those that he was asked and that were answered a moment ago; the newest first. */
export async function questionsFor({ db, clock }: GateContext, person: string): Promise<HostQuestion[]> {
  const now = clock.now();
  const rows = await db.kysely
    .selectFrom('hostQuestions')
    .selectAll()
    .where('askedAt', '>', new Date(now - GIVEN_UP_MS))
    .orderBy('askedAt', 'desc')
    .limit(BATCH)
    .execute();
  return rows
    .filter(({ asked }) => asked.some((a) => a.person.id === person))
    .filter(({ answer }) => !answer || now - Date.parse(answer.at) < ANSWERED_IN_SIGHT_MS)
    .map(viewOf);
}

/**
 * He was let in, turned away, or has left: whoever was still asked about him is asked no longer, whatever the agent was able to
 * say, in the transaction of that decision. A question names no visit, so it is his by gate, name and (once known) host, asked
 * before the decision and not longer ago than a question lives. Two of one name for one host: the other is asked for again.
 */
export async function endQuestionsOf(
  trx: Trx,
  { gate, name, host, decidedAt }: { gate: string; name: string; host: string | null; decidedAt: Date },
  now: number,
): Promise<void> {
  const open = await trx
    .selectFrom('hostQuestions')
    .selectAll()
    .where('state', '=', 'open')
    .where('gate', '=', gate)
    .where(sql<boolean>`visitor->>'name' = ${name}`)
    .$if(host !== null, (q) => q.where(sql<boolean>`host->>'id' = ${host}`))
    .where('askedAt', '<=', new Date(decidedAt.getTime() + CLOCKS_DIFFER_MS))
    .where('askedAt', '>', new Date(decidedAt.getTime() - GIVEN_UP_MS))
    .orderBy('askedAt')
    .limit(BATCH)
    .forUpdate()
    .execute();
  for (const row of open) await settle(trx, row, { state: 'withdrawn' }, now);
}

/** What is due: the next one is asked; what nobody waits for ends. */
export async function roundOfQuestions(trx: Trx, now: number): Promise<void> {
  const due = await trx
    .selectFrom('hostQuestions')
    .selectAll()
    .where('state', '=', 'open')
    .where((eb) => eb.or([eb('nextAt', '<=', new Date(now)), eb('askedAt', '<=', new Date(now - GIVEN_UP_MS))]))
    .orderBy('askedAt')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const row of due) {
    if (now - row.askedAt.getTime() >= GIVEN_UP_MS) await settle(trx, row, { state: 'withdrawn' }, now);
    else await escalated(trx, row, now);
  }
}

/** Those of before today; what is still being asked over midnight goes a day later. */
export const forgetQuestions = (trx: Trx, today: Date): Promise<{ id: string; at: Date }[]> =>
  trx
    .deleteFrom('hostQuestions')
    .where('askedAt', '<', today)
    .where('state', '<>', 'open')
    .returning(['id', 'askedAt as at'])
    .execute();

async function escalated(trx: Trx, row: Row, now: number): Promise<Row> {
  if (row.state !== 'open' || row.nextAt === null || row.nextAt.getTime() > now) return row;
  const policy = await readPolicy(trx);
  const chain = chainOf(policy, row.host, await staffPerson(trx));
  const { asked, nextAt } = whoIsAsked(chain, policy.waitSeconds * 1000, row.askedAt.getTime(), now);
  const next = await trx
    .updateTable('hostQuestions')
    .set({ asked: JSON.stringify(keepAsked(row.asked, asked)), nextAt: nextAt === null ? null : new Date(nextAt) })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(trx, 'asked', next, now);
  return next;
}

async function settle(
  trx: Trx,
  row: Row,
  change: { state: HostQuestion['state']; answer?: string; answerCommand?: string },
  now: number,
): Promise<Row> {
  const next = await trx
    .updateTable('hostQuestions')
    .set({ ...change, nextAt: null })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(trx, change.state === 'withdrawn' ? 'withdrawn' : 'answered', next, now);
  return next;
}
