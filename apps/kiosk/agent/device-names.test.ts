import { GateFile } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { placedName } from './device-names.ts';

const names = (devices: object[], name = '东门') => {
  const gate = GateFile.parse({ gate: 'east', name, devices });
  return gate.devices.map((device) => placedName(gate, device));
};
const on = { path: '/dev/null' };

test('a device without a name is called by its place and kind, never by its id', () => {
  const devices = [
    { id: 'id-1', driver: 'sdt', ...on },
    { id: 'card-1', driver: 'rdm6300', ...on },
    { id: 'button-1', driver: 'panic-button', contact: { kind: 'line' }, ...on },
    { id: 'strobe-1', driver: 'modbus-relay', ...on },
  ];
  expect(names(devices)).toEqual(['东门身份证阅读器', '东门接送卡读卡器', '东门报警按钮', '东门频闪灯']);
});

test('several of a kind are told apart; what the school has named keeps its name', () => {
  const relay = { driver: 'modbus-relay', ...on };
  const devices = [
    { id: 'siren-1', ...relay },
    { id: 'siren-2', ...relay },
    { id: 'siren-3', name: '岗亭警号', ...relay },
    { id: 'siren-4', name: 'S-31', ...relay },
    { id: 'siren-5', name: '东门广播', ...relay },
  ];
  expect(names(devices)).toEqual(['东门警号 1', '东门警号 2', '东门岗亭警号', '东门 S-31', '东门广播']);
});
