/**
 * People of the school whom the gate must know: hosts of visitors, guards, and those who may end an alarm.
 * Owner: `gate`. Travels to every gate as the signed list `staff`.
 */
import { z } from 'zod';
import { Role } from './actors.ts';

export const StaffPerson = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Office or class as the school says it: 三(2)班, 总务处. */
  department: z.string(),
  /** Post: 班主任, 校长. */
  title: z.string(),
  /** Search keys, lower case without blanks: 刘芳 → `liufang`, `lf`. Surnames in their surname reading (单 → shan). */
  pinyin: z.string(),
  initials: z.string(),
  /** Extension or mobile, for the kiosk's 呼叫帮助. */
  phone: z.string().max(32).optional(),
  /** May be visited. */
  host: z.boolean(),
  /** Keyed hash of the staff card's number (hex), absent without a card. */
  cardHash: z.string().optional(),
  /** argon2id of the shift PIN as `salt:hash` (base64url), guards only. */
  pin: z.string().optional(),
  /** May stand an alarm down (C1; GB 50394 5.2.4: reset by hand by a named person). */
  mayStandDown: z.boolean(),
});
export type StaffPerson = z.infer<typeof StaffPerson>;

export const StaffList = z.object({ people: z.array(StaffPerson) });
export type StaffList = z.infer<typeof StaffList>;

/** What a screen may know of a host. */
export const Host = StaffPerson.pick({ id: true, name: true, department: true, title: true });
export type Host = z.infer<typeof Host>;
