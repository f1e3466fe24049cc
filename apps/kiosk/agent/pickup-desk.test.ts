import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@anyuan/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { PickupDesk } from './pickup-desk.ts';
import type { Sender } from './sender.ts';

let dir: string;
let journal: Journal;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-desk-'));
  journal = openJournal(dir, 'ab'.repeat(32));
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const nobodyAnswers = { now: async () => undefined } as unknown as Sender;

test('a refused card is on record also while nobody has begun a shift', () => {
  const desk = new PickupDesk({
    gate: 'main',
    journal,
    sender: nobodyAnswers,
    clock: { now: () => Date.parse('2026-11-24T16:42:00+08:00') },
    log: { error: () => {} },
    cardKey: Buffer.alloc(32),
    index: () => undefined,
    listTooOld: () => false,
    offline: () => true,
    duty: () => {
      throw new AppError('notSignedIn', 'no guard on duty');
    },
    witness: () => ({ id: 'gate-main', name: '东门' }),
    openDoor: () => {},
  });
  expect(desk.card(desk.hash('0B00C2C5C1'))).toMatchObject({ verdict: 'no', refusal: 'noList' });
  expect(journal.pending(['pickupRefusal'], 10)).toMatchObject([
    { body: { reason: 'noList', decision: { guard: { id: 'gate-main' }, offline: true } } },
  ]);
});
