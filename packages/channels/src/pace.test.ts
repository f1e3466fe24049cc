import { expect, test } from 'vitest';
import { wrongWith } from './address.ts';
import { AT_MOST, batches, restAfter, roomAt } from './pace.ts';
import { limits } from './provider.ts';
import { cut, digestLine, fitting } from './text.ts';

const said = (n: number, text = '王建国的保安员证') =>
  Array.from({ length: n }, (_, i) => ({ title: `提醒${i + 1}`, text }));

test('a text is cut between characters, never within one, and fits', () => {
  expect(cut('安全', 6)).toBe('安全');
  expect(cut('安全第一', 10)).toBe('安全…');
  expect(Buffer.byteLength(cut('安全第一', 10))).toBeLessThanOrEqual(10);
  expect(cut('a👨‍👩‍👧b', 10)).toBe('a…');
  for (let bytes = 3; bytes < 40; bytes++) {
    const text = cut('门卫👮🏽‍♂️值班é一二三四五六七', bytes);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
    expect(text).not.toContain('�');
  }
});

test('up to fifteen a minute go out singly; the minute slides', () => {
  expect(AT_MOST).toBeLessThan(Math.min(limits.wecom.perMinute, limits.dingtalk.perMinute));
  const sent = Array.from({ length: 10 }, (_, i) => i * 1_000);
  expect(roomAt(sent, 30_000, limits.wecom)).toBe(5);
  expect(roomAt(sent, 65_000, limits.wecom)).toBe(11);
  expect(roomAt(Array(20).fill(1), 2, limits.wecom)).toBe(0);
  expect(batches(said(15), 15, limits.wecom)).toHaveLength(15);
});

test('more than there is room for: digests, each line whole in one of them, none lost', () => {
  const [digest, ...others] = batches(said(16), 15, limits.wecom);
  expect([digest?.length, others.length]).toEqual([16, 0]);
  const many = said(200, '需要在到期前换证'.repeat(20));
  const made = batches(many, 15, limits.wecom);
  for (const lines of made) {
    expect(Buffer.byteLength(lines.map(digestLine).join('\n'))).toBeLessThan(2_048);
  }
  expect(made.flat()).toEqual(many.slice(0, made.flat().length));
  expect(made.length).toBe(15);
  expect(batches(many, 0, limits.wecom)).toEqual([]);
  expect(fitting(said(1, '长'.repeat(5_000)), 300)).toHaveLength(1);
});

test('a channel that fails is left alone longer and longer, ten minutes at most; as long as it says itself', () => {
  const later = { result: 'later', fault: 'noAnswer', code: '' } as const;
  const rests = [1, 2, 3, 4, 5, 6, 7, 50].map((n) => restAfter(n, later) / 1_000);
  expect(rests).toEqual([5, 15, 60, 120, 300, 600, 600, 600]);
  expect(restAfter(1, { ...later, fault: 'tooMany', afterMs: 600_000 })).toBe(600_000);
});

test.each([
  [{ kind: 'webhook', address: 'https://hooks.school.example/x', secret: 's' }, undefined],
  [{ kind: 'webhook', address: 'http://hooks.school.example/x', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'https://user:pass@school.example/', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'https://127.0.0.1:5432/', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'https://[::1]/', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'https://2130706433/', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'https://[::ffff:127.0.0.1]/', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'file:///etc/passwd', secret: 's' }, 'address'],
  [{ kind: 'webhook', address: 'nonsense', secret: 's' }, 'address'],
  [{ kind: 'wecom', address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' }, undefined],
  [{ kind: 'wecom', address: 'https://qyapi.weixin.qq.com.example.org/send?key=1' }, 'address'],
  [{ kind: 'dingtalk', address: 'https://open.feishu.cn/x', secret: 's' }, 'address'],
] as const)('where a channel may go: %o %s', (settings, wrong) => {
  expect(wrongWith(settings, { loopback: false })).toBe(wrong);
});

test('e-mail goes to mail ports only; loopback only where that is allowed', () => {
  const mail = {
    kind: 'email',
    host: 'smtp.school.example',
    port: 465,
    user: 'u',
    password: 'p',
    from: 'a',
    to: ['b'],
  };
  const settings = (given: object) => ({ ...mail, ...given }) as Parameters<typeof wrongWith>[0];
  expect(wrongWith(settings({}), { loopback: false })).toBeUndefined();
  expect(wrongWith(settings({ port: 22 }), { loopback: false })).toBe('port');
  expect(wrongWith(settings({ host: '127.0.0.1', port: 25 }), { loopback: false })).toBe('address');
  expect(wrongWith(settings({ host: '127.0.0.1', port: 4_025 }), { loopback: true })).toBeUndefined();
});
