import { describe, expect, it } from 'vitest';
import { fullName, kindBeside, type Named, nameInZone } from './names.ts';

const words = {
  kinds: {
    siren: '警号',
    strobe: '频闪灯',
    lamp: '警灯',
    display: '显示屏',
    phone: '手机',
    idReader: '身份证阅读器',
    cardReader: '读卡器',
    printer: '访客证打印机',
    kiosk: '门岗主机',
    qrScanner: '扫码器',
    button: '报警按钮',
    door: '门锁',
  },
  broadcast: '广播',
};
const device = (name: string, kind: Named['kind'], id: string, zoneName: string): Named => ({
  device: id,
  kind,
  name,
  zoneName,
});

describe('what a device is called', () => {
  it('is its kind and place when nobody gave it a name, with a number from the second on', () => {
    const first = device('东门 button-1', 'button', 'main-button-1', '东门');
    expect([nameInZone(first, words), fullName(first, words)]).toEqual(['报警按钮', '东门报警按钮']);
    const second = device('东门 siren-2', 'siren', 'main-siren-2', '东门');
    expect([nameInZone(second, words), fullName(second, words)]).toEqual(['警号 2', '东门警号 2']);
    expect(fullName(device('East Gate id-1', 'idReader', 'main-id-1', 'East Gate'), words)).toBe(
      'East Gate 身份证阅读器',
    );
    expect(kindBeside(first, words)).toBeNull();
  });

  it('is the name that the school gave it, with its place once', () => {
    const lamp = device('北门警灯 L-03', 'lamp', 'l-03', '北门');
    expect([nameInZone(lamp, words), fullName(lamp, words)]).toEqual(['警灯 L-03', '北门警灯 L-03']);
    const named = device('岗亭里的屏', 'display', 'd-1', '东门');
    expect([nameInZone(named, words), fullName(named, words)]).toEqual(['岗亭里的屏', '东门岗亭里的屏']);
    expect(kindBeside(named, words)).toBe('显示屏');
    expect(fullName(device('教学楼 A 一楼东广播 S-01', 'siren', 's-01', '教学楼 A'), words)).toBe(
      '教学楼 A 一楼东广播 S-01',
    );
  });

  it('calls a broadcast speaker a broadcast and no siren', () => {
    expect(kindBeside(device('食堂后厨广播 S-31', 'siren', 's-31', '食堂'), words)).toBeNull();
    const english = { kinds: { ...words.kinds, siren: 'Siren' }, broadcast: 'Loudspeaker' };
    expect(kindBeside(device('食堂后厨广播 S-31', 'siren', 's-31', '食堂'), english)).toBe('Loudspeaker');
    expect(kindBeside(device('操场 S-40', 'siren', 's-40', '操场'), words)).toBe('警号');
  });
});
