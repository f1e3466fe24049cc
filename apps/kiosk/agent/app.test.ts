import { createLog } from '@anyuan/service';
import { expect, test, vi } from 'vitest';
import { createAgentApp } from './app.ts';
import type { GateAgent } from './gate-agent.ts';
import { createAgentRouter } from './router.ts';

const press = vi.fn(() => ({ incident: '019ab000-0000-7000-8000-000000000001', reach: 'school' as const }));
const agent = { alarms: { press }, whoPresses: () => ({ id: 'g', name: 'g' }) };
const router = createAgentRouter(agent as unknown as GateAgent);
const app = createAgentApp({
  router,
  log: createLog('test', 'error'),
  kioskDir: undefined,
  health: () => ({ ok: true }),
});

const ask = (headers: Record<string, string>) =>
  app.request('http://localhost:4110/trpc/alarm.press', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"mode":"test"}',
  });

test('the screen and a program on this machine may press', async () => {
  expect((await ask({ host: 'localhost:4110' })).status).toBe(200);
  expect((await ask({ host: '127.0.0.1:4110', origin: 'http://127.0.0.1:4110' })).status).toBe(200);
  expect(press).toHaveBeenCalledTimes(2);
});

test.each([
  ['a page of another site', { host: 'localhost:4110', origin: 'https://evil.example' }],
  ['a page of another local port', { host: 'localhost:4110', origin: 'http://localhost:8080' }],
  ['a name that points here', { host: 'evil.example:4110' }],
])('%s gets nothing', async (_who, headers) => {
  press.mockClear();
  expect((await ask(headers)).status).toBe(403);
  expect(press).not.toHaveBeenCalled();
});

test.each(['{}', '{"mod":"test"}', '{"mode":"test","extra":1}', '[]', '"x"'])('%s raises nothing', async (body) => {
  press.mockClear();
  const headers = { 'content-type': 'application/json', host: 'localhost:4110' };
  const response = await app.request('http://localhost:4110/trpc/alarm.press', { method: 'POST', headers, body });
  expect(response.status).toBe(400);
  expect(press).not.toHaveBeenCalled();
});

test('an input that is wrong says which field, and shows no stack', async () => {
  const response = await app.request('http://localhost:4110/trpc/alarm.press', {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: 'localhost:4110' },
    body: '{"mode":"loud"}',
  });
  const text = await response.text();
  expect(response.status).toBe(400);
  expect(JSON.parse(text).error.data).toMatchObject({ code: 'badInput', fields: ['mode'] });
  expect(text).not.toContain('stack');
});
