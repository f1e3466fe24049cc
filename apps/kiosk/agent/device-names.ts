/**
 * What a gate's device is called on lists and records, which the office reads in Chinese: the name in the gate's file, else its
 * kind, with a number where the gate has several of them without a name. An id is for the gate's file, not for people.
 */
import { type GateDevice, type GateFile, relayRole } from '@anyuan/contracts';

function word(device: GateDevice): string {
  switch (device.driver) {
    case 'sdt':
      return '身份证阅读器';
    case 'rdm6300':
      return '接送卡读卡器';
    case 'qr-scanner':
      return '扫码器';
    case 'panic-button':
      return '报警按钮';
    case 'modbus-relay':
      return { siren: '警号', strobe: '频闪灯', door: '门锁' }[relayRole(device)];
    case 'escpos':
      return '访客证打印机';
  }
}

function deviceName({ devices }: GateFile, device: GateDevice): string {
  if (device.name) return device.name;
  const alike = devices.filter((d) => !d.name && word(d) === word(device));
  return alike.length > 1 ? `${word(device)} ${alike.indexOf(device) + 1}` : word(device);
}

/** 东门报警按钮, and 东门岗亭按钮 when the file calls it 岗亭按钮; a name that begins with the gate's stands as it is. */
export function placedName(gate: GateFile, device: GateDevice): string {
  const name = deviceName(gate, device);
  if (name.startsWith(gate.name)) return name;
  return /\w$/.test(gate.name) || /^\w/.test(name) ? `${gate.name} ${name}` : `${gate.name}${name}`;
}
