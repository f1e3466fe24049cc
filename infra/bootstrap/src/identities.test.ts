import { GateFile } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { deviceIdentity, schoolIdentities } from './identities.ts';

const file = GateFile.parse({ gate: 'main', devices: [{ id: 'siren-1', driver: 'modbus-relay', path: '/dev/null' }] });
const writes = {
  EVENTS: (subject: string) => /^school\.[^.]+\.event\./.test(subject),
  ALARMS: (subject: string) => /^school\.[^.]+\.(alarm\.(raised|noted)|device\.[^.]+\.reported)/.test(subject),
  KV_lists: (subject: string) => subject.startsWith('$KV.lists'),
};

test('nobody who writes into a stream may let the server deliver from it, save the alarm service from its own', () => {
  const both = schoolIdentities('qinghe', file).flatMap(({ user, publish }) =>
    Object.entries(writes)
      .filter(
        ([stream, isWrite]) => publish.some(isWrite) && publish.some((p) => p.includes(`CONSUMER.CREATE.${stream}`)),
      )
      .map(([stream]) => `${user} ${stream}`),
  );
  expect(both).toEqual(['alarm ALARMS']);
});

test('every user hears its own inbox and no other', () => {
  for (const { user, subscribe } of schoolIdentities('qinghe', file)) {
    expect(subscribe.filter((s) => s.startsWith('_INBOX'))).toEqual([`_INBOX_${user}.>`]);
    expect(subscribe).not.toContain('>');
  }
});

test('a device may say two things and hear three', () => {
  const { publish, subscribe } = deviceIdentity('qinghe', 'lamp-1');
  expect([publish.length, subscribe.length]).toEqual([2, 3]);
});
