/**
 * The two sides of the comparison, one interface: the product behind its own doors (the kiosk's press, the gateway's
 * stand-down), and the floor, where a button is a socket on a bare nats-server. The devices behind them are the same code.
 */
import http from 'k6/http';
import { type Button, openButton } from 'k6/x/anyuan';
import type { AlarmPlan } from './plan.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

export interface Side {
  name: 'product' | 'floor';
  /** @returns the incident */
  press(): string;
  standDown(incident: string): void;
  close(): void;
}

export function openProduct(plan: AlarmPlan): Side {
  const call = (url: string, body: object) => {
    const answer = http.post(url, JSON.stringify(body), { headers: JSON_TYPE });
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    return answer;
  };
  call(`${plan.gateway}/api/auth/sign-in/username`, { username: plan.username, password: plan.password });
  return {
    name: 'product',
    press: () =>
      String(call(`${plan.kiosk}/trpc/alarm.press`, { via: 'commandLine', mode: 'test' }).json('result.data.incident')),
    standDown(incident) {
      const command = crypto.randomUUID();
      call(`${plan.gateway}/api/alarm/trpc/standDown`, { command, incident, reason: 'testOver', note: '' });
    },
    close() {},
  };
}

export function openFloor({ topics, raise, observers }: AlarmPlan): Side {
  const { url, password } = observers.floor;
  const button: Button = openButton(url, 'button', password);
  let version = 0;
  return {
    name: 'floor',
    press() {
      const incident = crypto.randomUUID();
      button.publish(topics.raised, JSON.stringify({ ...raise, incident, raisedAt: new Date().toISOString() }));
      return incident;
    },
    standDown(incident) {
      const at = new Date().toISOString();
      button.publish(
        topics.state,
        JSON.stringify({ version: ++version, at, open: [], closed: [incident], closedSince: raise.raisedAt }),
      );
    },
    close: () => button.close(),
  };
}
