/**
 * Bookings of the demo school's today: two that a host made, one that waits for its host, one that waits for the office. Made
 * anew each day; a start later the same day adds nothing, and nothing once the last window has begun.
 */
import { join } from 'node:path';
import { type PersonActor, schoolDate } from '@anyuan/contracts';
import { type Db, FieldCipher, type GateTables, SearchKey } from '@anyuan/db';
import { applyForVisit, bookVisit } from '@anyuan/gate';

const liu: PersonActor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };

/** The same all day, another each day. */
const idOf = (day: string, n: number): string =>
  `0199e1a4-5e10-7000-8000-${day.replaceAll('-', '')}${String(n).padStart(4, '0')}`;

export async function seedBookings(db: Db<GateTables>, folder: string, now: number): Promise<void> {
  const key = (name: string) => join(folder, name);
  const keys = {
    ...{ id: FieldCipher.fromKeyFile(key('id.key')), watch: SearchKey.fromKeyFile(key('watch.key')), list: '' },
    ...{ search: SearchKey.fromKeyFile(key('id-search.key')), card: SearchKey.fromKeyFile(key('card.key')) },
  };
  const ctx = { db, keys, clock: { now: () => now } };
  const day = schoolDate(now);
  const hours = { day, from: '08:00', until: '21:00' };
  const made = { type: 'parent', reason: 'parentTalk', note: '', host: liu.id, plate: null, party: 1 } as const;
  await bookVisit(ctx, liu, { ...made, ...hours, booking: idOf(day, 1), name: '张伟明', phone: '13800001111' });
  const repair = { type: 'contractor', reason: 'repair', party: 3, plate: '京A12345', note: '修投影' } as const;
  await bookVisit(ctx, liu, { ...made, ...hours, ...repair, booking: idOf(day, 2), name: '赵敏', phone: null });
  const asks = { ...hours, reason: 'parentTalk', note: '', party: 1, plate: null } as const;
  const person = { department: '', person: liu.name };
  await applyForVisit(ctx, { ...asks, ...person, request: idOf(day, 3), name: '钱进', phone: '13900001111' });
  await applyForVisit(ctx, {
    ...asks,
    ...person,
    person: '李老师',
    request: idOf(day, 4),
    name: '孙丽',
    phone: '13900002222',
  });
}
