import { newId } from '@anyuan/contracts';
import { readSheet } from '@anyuan/service/documents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrator, agent, ledgerSite, teacher } from './site.ts';

let site: Awaited<ReturnType<typeof ledgerSite>>;
beforeAll(async () => {
  site = await ledgerSite();
  await site.report('=HYPERLINK("http://x")');
  const { id } = await site.assigned({ deadline: '2026-11-23' });
  site.set('2026-11-25T01:00:00.000Z');
  await site.as(administrator).fix({ command: newId(), hazard: id, evidence: '已换新闭门器' });
});
afterAll(() => site.close());

test('the ledger as a sheet holds every hazard, and no formula', async () => {
  const response = await site.get('/hazards.xlsx?filter=all', administrator);
  expect(response.status).toBe(200);
  const read = await readSheet(new Uint8Array(await response.arrayBuffer()), {
    number: { titles: ['编号'], type: 'text', required: true },
    what: { titles: ['隐患'], type: 'text', required: true },
    owner: { titles: ['责任人'], type: 'text' },
    deadline: { titles: ['整改期限'], type: 'date' },
    status: { titles: ['状态'], type: 'text' },
    late: { titles: ['逾期天数'], type: 'number' },
    evidence: { titles: ['整改情况'], type: 'text' },
    fixed: { titles: ['完成日期'], type: 'date' },
  });
  expect(read.result === 'read' && read.rows.map(({ values }) => values)).toEqual([
    {
      number: 'Y-1101',
      what: '=HYPERLINK("http://x")',
      owner: null,
      deadline: null,
      status: '待分派',
      late: 0,
      evidence: null,
      fixed: null,
    },
    {
      number: 'Y-1102',
      what: '食堂后门闭门器损坏',
      owner: '赵磊',
      deadline: '2026-11-23',
      status: '待复核',
      late: 2,
      evidence: '已换新闭门器',
      fixed: '2026-11-25',
    },
  ]);
});

test('the ledger on paper, in both languages', async () => {
  for (const lang of ['zh', 'en']) {
    const response = await site.get(`/hazards.pdf?filter=open&lang=${lang}`, administrator);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(5_000);
  }
});

test('only who reads the ledger prints it; an unknown filter is refused', async () => {
  for (const path of ['/hazards.pdf', '/hazards.xlsx']) {
    expect((await site.get(path, null)).status).toBe(401);
    expect((await site.get(path, teacher)).status).toBe(403);
    expect((await site.get(path, agent)).status).toBe(403);
    const wrong = await site.get(`${path}?filter=everything`, administrator);
    expect([wrong.status, await wrong.json()]).toEqual([400, { code: 'badInput' }]);
  }
});
