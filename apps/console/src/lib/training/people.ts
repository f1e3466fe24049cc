/** Finding a person, and what he has practised in drills (H12). Pure. */
import { SKILLS, type Skill, type StaffMember, type StaffRecord, type StaffRole } from '@anyuan/contracts';

type PractisedSkill = StaffRecord['skills'][number];

/** By name or staff number, and by post when one is given. */
export function found(people: readonly StaffMember[], search: string, role: StaffRole | null): StaffMember[] {
  const words = search.normalize('NFKC').trim().toLowerCase();
  return people.filter(
    ({ id, name, roles }) =>
      (!role || roles.includes(role)) && (name.toLowerCase().includes(words) || id.toLowerCase().includes(words)),
  );
}

export interface Practice {
  skill: Skill;
  times: number;
  /** The newest; null: never. */
  last: PractisedSkill | null;
  /** Of those that were timed, in seconds. */
  fastest: number | null;
}

/** Each skill that a drill can show, also those that this person never did. */
export const practices = (done: readonly PractisedSkill[]): Practice[] =>
  SKILLS.map((skill) => {
    const own = done.filter((one) => one.skill === skill).sort((a, b) => b.at.localeCompare(a.at));
    const timed = own.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
    return { skill, times: own.length, last: own[0] ?? null, fastest: timed.length > 0 ? Math.min(...timed) : null };
  });

/** What the service takes as an id of its list. */
export const isToken = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(id);
/** As the reader types it. */
export const isCardNumber = (number: string): boolean => /^[0-9a-f]{10}$/i.test(number);
/** Blanks and hyphens fall away when it is stored. */
export const isPhone = (phone: string): boolean => /^\+?\d{3,15}$/.test(phone.replace(/[\s-]/g, ''));
