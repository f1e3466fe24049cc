/**
 * The two sides of the comparison, one interface: the product behind its own doors (the kiosk's press, the gateway's
 * stand-down), and the floor, where a button is a socket on a bare nats-server. The devices behind them are the same code.
 */
import http from 'k6/http';
import { Link, topicOf } from './link.ts';
import type { AlarmPlan } from './plan.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export interface Side {
  name: 'product' | 'floor';
  /** @returns the incident */
  press(): Promise<string>;
  standDown(incident: string): Promise<void>;
  close(): void;
}

export async function openProduct(plan: AlarmPlan): Promise<Side> {
  const signedIn = await http.asyncRequest(
    'POST',
    `${plan.gateway}/api/auth/sign-in/username`,
    JSON.stringify({ username: plan.username, password: plan.password }),
    { headers: JSON_TYPE },
  );
  if (signedIn.status !== 200) throw new Error(`sign-in answered ${signedIn.status}`);
  const call = async (url: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await http.asyncRequest('POST', url, JSON.stringify(body), { headers: JSON_TYPE });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    return answer.json('result.data') as Record<string, unknown>;
  };
  return {
    name: 'product',
    async press() {
      const { incident } = await call(`${plan.kiosk}/trpc/alarm.press`, { via: 'commandLine', mode: 'test' });
      return String(incident);
    },
    async standDown(incident) {
      const command = crypto.randomUUID();
      await call(`${plan.gateway}/api/alarm/trpc/standDown`, { command, incident, reason: 'testOver', note: '' });
    },
    close() {},
  };
}

export async function openFloor(plan: AlarmPlan): Promise<Side> {
  const { topics, raise } = plan;
  const button = new Link({
    ...{ url: plan.floorUrl, name: 'button', password: 'none', topics: [topics.stop], onMessage: () => {} },
  });
  await button.ready;
  const raised = topicOf(topics.raised);
  const state = topicOf(topics.state);
  let version = 0;
  return {
    name: 'floor',
    async press() {
      const incident = crypto.randomUUID();
      button.publish(raised, JSON.stringify({ ...raise, incident, raisedAt: new Date().toISOString() }));
      return incident;
    },
    async standDown(incident) {
      const at = new Date().toISOString();
      button.publish(
        state,
        JSON.stringify({ version: ++version, at, open: [], closed: [incident], closedSince: raise.raisedAt }),
      );
    },
    close() {
      button.publish(topicOf(topics.stop), 'stop');
      button.close();
    },
  };
}
