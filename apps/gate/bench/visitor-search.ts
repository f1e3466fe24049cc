/**
 * `node apps/gate/bench/visitor-search.ts`: what a search for a past visitor takes at the service, with 5,000 visitors and
 * 20,000 visits in a real Postgres of its own. Beside it in the same run, turn by turn: the least that any question to this
 * database takes (one row by its key), and the search as it would be without keys (a scan of all names). Exit code 1 when the
 * promise is broken: 50 ms in 99 of 100.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@anyuan/contracts';
import { forEachOwner, type GateTables, migrate, openDb, startEmbeddedPostgres, urlOf } from '@anyuan/db';
import { createCallerFactory, createLog } from '@anyuan/service';
import { sql } from 'kysely';
import { readKeys } from '../src/config.ts';
import { keepMissingKeys } from '../src/day-book-keys.ts';
import { createRouter } from '../src/router.ts';
import { keyFolder } from '../tests/keys.ts';

const VISITORS = 5_000;
const VISITS = 20_000;
const TURNS = 1_200;
const PROMISED_MS = 50;

const SURNAMES = [...'张王李赵陈刘杨黄周吴单尉徐孙马朱胡郭何林'];
const LETTERS = [...'伟明静建国雨桐志强秀英子涵海梅晓燕文博思远欣怡浩然'];
const nameOf = (n: number) =>
  `${SURNAMES[n % 20]}${LETTERS[(n * 7) % 25]}${n % 4 === 0 ? '' : LETTERS[Math.floor(n / 20) % 25]}`;
/** Ten of each thousand show a document that holds the number which is asked for. */
const idOf = (n: number) =>
  `1100001985${String((n % 12) + 1).padStart(2, '0')}${String(n % 28).padStart(2, '0')}${String(n).padStart(4, '0')}`;

const dir = mkdtempSync(join(tmpdir(), 'anyuan-search-'));
// Started by root, Postgres runs as another user, who must be able to pass through.
chmodSync(dir, 0o711);
const folder = keyFolder();
const postgres = await startEmbeddedPostgres({ dir: join(dir, 'postgres') });
const passwords = forEachOwner((owner) => `${owner}-bench`);
await migrate({ adminUrl: postgres.adminUrl, passwords });
const db = openDb<GateTables>({ url: urlOf(postgres.adminUrl, 'gate', passwords.gate), owner: 'gate' });
let kept = true;
try {
  const keys = readKeys(folder.dir);
  const ids = await fill();
  const actor = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' } as const;
  const context = { db, keys, clock: { now: () => Date.now() } };
  const office = createCallerFactory(createRouter(context))({ actor, log: createLog('gate', 'silent') });
  const asked: [kind: string, text: (n: number) => string][] = [
    ['initials', (n) => ['zwm', 'l', 'wj', 'cyt', 'sx'][n % 5] ?? 'z'],
    ['pinyin', (n) => ['zhangwei', 'chen', 'jianguo', 'shan', 'yuchi'][n % 5] ?? 'z'],
    ['hanzi', (n) => nameOf((n * 31) % VISITORS).slice(n % 2)],
    ['lastFour', (n) => idOf((n * 37) % VISITORS).slice(-4)],
    ['visitNumber', (n) => `E1123-${String((n * 41) % VISITS).padStart(5, '0')}`],
    ['idNumber', (n) => idOf((n * 43) % VISITORS)],
  ];
  const took = new Map<string, number[]>(
    ['search', 'bare', 'scan', ...asked.map(([kind]) => kind)].map((of) => [of, []]),
  );
  const timed = async (what: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await what();
    return performance.now() - begun;
  };
  let empty = 0;
  for (let turn = -60; turn < TURNS; turn++) {
    const [kind, textOf] = asked[(turn + 60) % asked.length] ?? ['', () => ''];
    const text = textOf(turn + 60);
    const search = await timed(async () => {
      const { people, visits } = await office.findVisitors({ text });
      if (people.length + visits.length === 0) empty++;
    });
    const bare = await timed(() =>
      sql`select name from visitors where id = ${ids[(turn + 60) % ids.length]}`.execute(db.kysely),
    );
    const scan = await timed(() =>
      sql`select id, name from visitors where name ilike ${`%${nameOf(turn + 60)}%`} limit 200`.execute(db.kysely),
    );
    if (turn < 0) continue;
    for (const [of, ms] of [
      ['search', search],
      [kind, search],
      ['bare', bare],
      ['scan', scan],
    ] as const)
      took.get(of)?.push(ms);
  }
  for (const [of, all] of took) {
    all.sort((a, b) => a - b);
    process.stdout.write(`${of.padEnd(12)} p50 ${at(all, 0.5)} ms  p99 ${at(all, 0.99)} ms  max ${at(all, 1)} ms\n`);
  }
  const ratio = (of: string, share: number) =>
    (quantile(took.get('search'), share) / quantile(took.get(of), share)).toFixed(1);
  process.stdout.write(
    `search / bare p50 ${ratio('bare', 0.5)} p99 ${ratio('bare', 0.99)}; search / scan p50 ${ratio('scan', 0.5)} p99 ${ratio('scan', 0.99)}; ${empty} found nothing\n`,
  );
  kept = quantile(took.get('search'), 0.99) <= PROMISED_MS;
} finally {
  await db.close();
  await postgres.stop();
  folder.remove();
  rmSync(dir, { recursive: true, force: true });
}
process.exitCode = kept ? 0 : 1;

function quantile(sorted: readonly number[] | undefined, share: number): number {
  return sorted?.[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
function at(sorted: readonly number[], share: number): string {
  return quantile(sorted, share).toFixed(2);
}

/** Rows as the commands leave them; made by the thousand, since twenty thousand admissions take minutes. */
async function fill(): Promise<string[]> {
  const keys = readKeys(folder.dir);
  const ids = Array.from({ length: VISITORS }, () => newId());
  for (let from = 0; from < VISITORS; from += 500) {
    const rows = ids.slice(from, from + 500).map((id, i) => ({
      ...({ id, document: 'resident', name: nameOf(from + i), sex: 'male', birthDate: null, phone: null } as const),
      idHash: keys.search.hash(idOf(from + i)),
      idNumber: keys.id.encrypt(idOf(from + i), { table: 'gate.visitors', row: id, column: 'id_number' }),
      idLast4: idOf(from + i).slice(-4),
    }));
    await db.kysely.insertInto('visitors').values(rows).execute();
    await db.tx((trx) => keepMissingKeys(trx));
  }
  await sql`insert into visits (id, number, visitor, status, reason, host, security, items, gate, guard_id, guard_name, admitted_at, left_at, offline, received_at)
    select gen_random_uuid(), 'E1123-' || lpad(n::text, 5, '0'), (${ids}::uuid[])[1 + n % ${VISITORS}], 'left', 'parentTalk',
      '{"id":"s-liu","name":"刘芳","department":"三（2）班","title":"班主任"}', '{"result":"clear"}', '[]', 'main', 's-wang', '王建国',
      now() - n * interval '5 minutes', now() - n * interval '5 minutes', false, now()
    from generate_series(0, ${VISITS - 1}::int) n`.execute(db.kysely);
  await sql`analyze visitors, visits, search_keys`.execute(db.kysely).catch(() => undefined);
  return ids;
}
