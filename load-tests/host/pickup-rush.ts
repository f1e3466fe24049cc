/**
 * Plays the reader and the screen of one gate: a card's bytes go in at the reader's line, the verdict comes out of the
 * agent's stream, and one clock measures between. k6 asks for each tap over a control address on loopback.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KioskEvent, PickupVerdict } from '@anyuan/contracts';
import { listen } from '@anyuan/dev-env';
import type { PickupPlan, Tapped } from '../lib/plan.ts';
import { pickupRush } from '../thresholds.ts';
import { openBareLoop } from './bare-loop.ts';
import { startCardReader, type TcpCardReader } from './card-reader.ts';
import { familiesOf, type LoadCard, makeCards } from './families.ts';
import { runK6 } from './k6.ts';
import type { Outcome, Sizes } from './outcome.ts';
import { GATE, inOwnSchool, type OwnSchool, until } from './own-school.ts';

const CARDS = 5_000;
const PATIENCE_MS = 2_000;
const LIST_MS = 30_000;
const SENT_MS = 30_000;

/** Verdicts as they come out of the agent's stream, each with its moment. */
class Screen {
  readonly heard: { id: string; verdict: PickupVerdict['verdict'] }[] = [];
  readonly #waiting = new Map<string, (verdict: PickupVerdict, at: number) => void>();

  async watch(kiosk: string, signal: AbortSignal): Promise<void> {
    for await (const { data } of listen<KioskEvent>(`${kiosk}/trpc/events`, { signal })) {
      if (data.type !== 'verdict') continue;
      const at = performance.now();
      this.heard.push({ id: data.verdict.id, verdict: data.verdict.verdict });
      const guardian = data.verdict.guardian?.id ?? '';
      this.#waiting.get(guardian)?.(data.verdict, at);
    }
  }

  next(guardian: string): Promise<{ verdict: PickupVerdict; at: number } | undefined> {
    return new Promise((resolve) => {
      const end = (value?: { verdict: PickupVerdict; at: number }) => {
        clearTimeout(patience);
        this.#waiting.delete(guardian);
        resolve(value);
      };
      const patience = setTimeout(end, PATIENCE_MS);
      this.#waiting.set(guardian, (verdict, at) => end({ verdict, at }));
    });
  }
}

async function tap(reader: TcpCardReader, screen: Screen, { number, guardian, lost }: LoadCard) {
  const answer = screen.next(guardian);
  const written = performance.now();
  reader.say(number);
  const shown = await answer;
  return shown && { verdictMs: shown.at - written, right: (shown.verdict.verdict === 'no') === lost };
}

export async function runPickupRush(size: Sizes, dir: string, signal: AbortSignal): Promise<Outcome> {
  const cards = makeCards(CARDS);
  const reader = await startCardReader();
  const device = {
    id: 'card-1',
    driver: 'rdm6300',
    path: `tcp://127.0.0.1:${reader.port}`,
    baudRate: 9600,
    idleMs: 500,
  } as const;
  const bare = openBareLoop(dir, cards);
  try {
    return await inOwnSchool(dir, [device], signal, async (school) => {
      await school.importFamilies(familiesOf(cards));
      const screen = new Screen();
      const watching = new AbortController();
      const watch = screen.watch(school.kiosk, watching.signal);
      watch.catch(() => {});
      const [first, ...others] = cards as [LoadCard, ...LoadCard[]];
      await until('the gate knows the cards', LIST_MS, async () => (await tap(reader, screen, first))?.right ?? false);
      const before = { verdicts: screen.heard.length, refusals: await countRefusals(school) };
      const PLAN = join(dir, 'plan.json');
      const control = await serveTaps(others, async (card) => {
        const tapped = await tap(reader, screen, card);
        return tapped && { ...tapped, bareMs: bare.decide(card.number) };
      });
      const plan: PickupPlan = { tapUrl: control.url, perSecond: size.perSecond, seconds: size.seconds };
      writeFileSync(PLAN, JSON.stringify(plan));
      const metrics = await runK6('pickup-rush', dir, { PLAN }, signal).finally(control.close);
      const checks = await askJournal(school, screen.heard.slice(before.verdicts), before.refusals, control.taps());
      watching.abort();
      return { scenario: 'pickup-rush', metrics, ratios: pickupRush.ratios(), checks };
    });
  } finally {
    bare.close();
    await reader.close();
  }
}

/** POST: the next card is tapped. 504 without a verdict in time. */
async function serveTaps(cards: readonly LoadCard[], tapCard: (card: LoadCard) => Promise<Tapped | undefined>) {
  let taps = 0;
  const server = createServer((request, response) => {
    request.resume();
    // A stride through all cards, so that neighbours in the list are no neighbours in time.
    const card = cards[(taps++ * 1_637) % cards.length] as LoadCard;
    tapCard(card).then(
      (tapped) =>
        response
          .writeHead(tapped ? 200 : 504, { 'content-type': 'application/json' })
          .end(JSON.stringify(tapped ?? {})),
      () => response.writeHead(503).end('{}'),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/tap`,
    taps: () => taps,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function countRefusals({ pickup }: OwnSchool): Promise<number> {
  const { rows } = await pickup.kysely
    .selectFrom('refusals')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return Number(rows);
}

/** What the screen was told stands in the gate's journal, and what the owner must know has reached it. */
async function askJournal(
  school: OwnSchool,
  heard: Screen['heard'],
  refusedBefore: number,
  taps: number,
): Promise<Outcome['checks']> {
  const journal = new DatabaseSync(join(school.run.data, 'agent', GATE, 'journal.sqlite'), { readOnly: true });
  const kept = journal.prepare('SELECT id FROM records').all();
  const ids = new Set(kept.map(({ id }) => String(id)));
  const yes = heard.filter(({ verdict }) => verdict === 'yes');
  const no = heard.length - yes.length;
  let refused = 0;
  await until('refusals reached their owner', SENT_MS, async () => {
    refused = (await countRefusals(school)) - refusedBefore;
    return refused >= no;
  }).catch(() => {});
  const unsent = journal.prepare("SELECT count(*) AS n FROM records WHERE state = 'pending'").get();
  journal.close();
  return [
    { what: 'verdicts on the stream, one a tap', found: heard.length, wanted: taps },
    {
      what: 'releases that stand in the journal',
      found: yes.filter(({ id }) => ids.has(id)).length,
      wanted: yes.length,
    },
    { what: 'refusals that reached the pickup service', found: refused, wanted: no },
    { what: 'records that wait to be sent', found: Number(unsent?.n), wanted: 0 },
  ];
}
