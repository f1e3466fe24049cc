/**
 * The main job, step by step, on simulated hardware. Each step acts at one end (a card on a reader, a finger on a button)
 * and is believed only when the other end says so: a row in the database, a coil, a device of the swarm. Nothing is taken
 * from the answer of the code that was driven.
 */
import { newId } from '@anyuan/contracts';
import type pg from 'pg';
import type { KioskClient } from './kiosk-client.ts';
import type { OfficeClient } from './office-client.ts';
import type { SimClient } from './sim-client.ts';

export interface TourContext {
  kiosk: KioskClient;
  office: OfficeClient;
  sim: SimClient;
  db: pg.Pool;
  /** Where the run leaves what the next step needs. */
  notes: { visit: string; incident: string; presented: string };
}

export interface TourStep {
  zh: string;
  en: string;
  /** @returns a remark for the line; throws when it did not happen */
  run(t: TourContext): Promise<string>;
}

class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

/** Asks until it is so, or says what was missing. */
async function until<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 10_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await ask();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new NotSeen(what);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const one = async <T extends object>(db: pg.Pool, text: string, values: unknown[]): Promise<T | undefined> =>
  (await db.query(text, values)).rows[0];

export const tourSteps: readonly TourStep[] = [
  {
    zh: '身份证放上读卡器，屏幕认出来人',
    en: 'an ID card is read',
    async run(t) {
      const seen = t.kiosk.next('presented');
      await t.sim.act('present', 'zhang');
      const { presented } = await seen;
      if (!presented.numberHolds || presented.last4 !== '2718') throw new NotSeen('another card than was laid down');
      t.notes.presented = presented.id;
      return `${presented.document}, 尾号 ${presented.last4}`;
    },
  },
  {
    zh: '访客登记放行，数据库里有这次来访，证件号看不懂',
    en: 'the visitor is admitted; the record is in the database, the ID number unreadable',
    async run(t) {
      const { hosts } = await t.kiosk.call.hosts.query({ query: 'lf' });
      const host = hosts[0];
      if (!host) throw new NotSeen('no host for the initials lf');
      const admitted = await t.kiosk.call.visitor.admit.mutate({
        presented: t.notes.presented,
        reason: 'parentTalk',
        host: host.id,
        security: { result: 'clear' },
        override: 'hostIsHere',
      });
      if ('already' in admitted) throw new NotSeen('he was let in before the tour');
      const { visit } = admitted;
      t.notes.visit = visit;
      const row = await until('no visit in the database', () =>
        one<{ number: string; id_number: Buffer }>(
          t.db,
          `select v.number, p.id_number from gate.visits v join gate.visitors p on p.id = v.visitor
           where v.id = $1 and v.status = 'onSite'`,
          [visit],
        ),
      );
      if (/\d{17}/.test(row.id_number.toString('latin1')))
        throw new NotSeen('the ID number can be read in the database');
      return row.number;
    },
  },
  {
    zh: '访客离校',
    en: 'the visitor leaves',
    async run(t) {
      await t.kiosk.call.visitor.signOut.mutate({ visit: t.notes.visit });
      await until('the visit is not closed', () =>
        one(t.db, `select 1 from gate.visits where id = $1 and status = 'left' and left_at is not null`, [
          t.notes.visit,
        ]),
      );
      return '';
    },
  },
  {
    zh: '奶奶刷接送卡，孩子交给她，记录在案',
    en: 'a pickup card hands over a child; the record is in the database',
    async run(t) {
      const seen = t.kiosk.next('verdict');
      await t.sim.act('tap', 'wang-card');
      const { verdict } = await seen;
      if (verdict.verdict !== 'yes') throw new NotSeen(`the card was refused: ${verdict.refusal}`);
      const [child] = verdict.children;
      if (!child) throw new NotSeen('no child on the verdict');
      await t.kiosk.call.pickup.handOver.mutate({ verdict: verdict.id, children: [child.id] });
      await until('no hand-over in the database', () =>
        one(t.db, 'select 1 from pickup.hand_overs where verdict = $1 and child = $2', [verdict.id, child.id]),
      );
      return `${verdict.guardian.relation} → ${child.className}`;
    },
  },
  {
    zh: '挂失的卡被拒绝，记录在案',
    en: 'a lost card is refused; the refusal is in the database',
    async run(t) {
      const before = await one<{ n: number }>(
        t.db,
        `select count(*)::int as n from pickup.refusals where reason = 'lostCard'`,
        [],
      );
      const seen = t.kiosk.next('verdict');
      await t.sim.act('tap', 'lost-card');
      const { verdict } = await seen;
      if (verdict.verdict !== 'no' || verdict.refusal !== 'lostCard') throw new NotSeen('a lost card was not refused');
      await until('no refusal in the database', async () => {
        const now = await one<{ n: number }>(
          t.db,
          `select count(*)::int as n from pickup.refusals where reason = 'lostCard'`,
          [],
        );
        return (now?.n ?? 0) > (before?.n ?? 0);
      });
      return '';
    },
  },
  {
    zh: '按下报警按钮，本门警号响，每一台设备都应答',
    en: 'the button is pressed: the gate’s siren sounds and every device answers',
    async run(t) {
      const since = new Date();
      await t.sim.act('press');
      await until('the siren’s coil is not closed', async () => (await t.sim.coil('siren-1')) === true);
      const row = await until('no incident in the database', () =>
        one<{ incident: string }>(
          t.db,
          `select incident from alarm.incidents where mode = 'actual' and received_at >= $1 order by received_at desc limit 1`,
          [new Date(since.getTime() - 1_000)],
        ),
      );
      t.notes.incident = row.incident;
      const { silent, devices } = await until('a device of the swarm keeps quiet', async () => {
        const swarm = await t.sim.swarm();
        return swarm.silent === 0 && swarm;
      });
      if (silent > 0) throw new NotSeen(`${silent} devices keep quiet`);
      const reported = await until('not every report is in the database', async () => {
        const got = await one<{ n: number; ms: number }>(
          t.db,
          `select count(distinct device)::int as n,
             coalesce(extract(epoch from max(h.at) - min(i.received_at)) * 1000, 0)::int as ms
           from alarm.history h join alarm.incidents i using (incident) where incident = $1 and h.type = 'reported'`,
          [row.incident],
        );
        return (got?.n ?? 0) >= devices && got;
      });
      return `${reported.n} 台 devices, ${reported.ms} ms`;
    },
  },
  {
    zh: '安全管理员解除警报并说明原因，每一台设备都安静了',
    en: 'the alarm is stood down with a reason, and every device is quiet',
    async run(t) {
      const { incident } = t.notes;
      await t.office.alarm.standDown.mutate({ command: newId(), incident, reason: 'handled', note: 'tour' });
      await until('a device still sounds', async () => (await t.sim.swarm()).loud === 0);
      await until('the siren’s coil is still closed', async () => (await t.sim.coil('siren-1')) === false);
      await until('no stand-down in the history', () =>
        one(t.db, `select 1 from alarm.history where incident = $1 and type = 'allQuiet'`, [incident]),
      );
      return '';
    },
  },
  {
    zh: '测试报警走同一条路，标记为测试',
    en: 'a test alarm takes the same path and carries its mark',
    async run(t) {
      const { incident } = await t.kiosk.call.alarm.press.mutate({ mode: 'test', action: 'hold', kind: 'help' });
      await until('not stored as a test', () =>
        one(t.db, `select 1 from alarm.incidents where incident = $1 and mode = 'test'`, [incident]),
      );
      await until('a device of the swarm keeps quiet', async () => (await t.sim.swarm()).silent === 0);
      await t.office.alarm.standDown.mutate({ command: newId(), incident, reason: 'testOver', note: 'tour' });
      await until('a device still sounds', async () => (await t.sim.swarm()).loud === 0);
      return '';
    },
  },
];
