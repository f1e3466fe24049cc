/** The school's people as this gate knows them, from the signed list `staff`. */
import type {
  AdmitVisitor,
  DutyCell,
  DutyRole,
  HostResult,
  HostSearch,
  PersonRef,
  StaffFound,
  StaffList,
  StaffPerson,
} from '@anyuan/contracts';
import { AppError, asNineKeys, isNineKeys } from '@anyuan/contracts';
import type { z } from 'zod';

const SHOWN = 24;

export class Staff {
  #people: readonly StaffPerson[] = [];
  #byCard = new Map<string, StaffPerson>();

  take(list: StaffList | undefined): void {
    this.#people = list?.people ?? [];
    this.#byCard = new Map(this.#people.flatMap((p) => (p.cardHash ? [[p.cardHash, p] as const] : [])));
  }

  person = (id: string): StaffPerson | undefined => this.#people.find((p) => p.id === id);
  byCard = (hash: string): StaffPerson | undefined => this.#byCard.get(hash);
  guards = (): PersonRef[] => this.#people.filter((p) => p.role === 'guard').map(({ id, name }) => ({ id, name }));
  phones = (ids: readonly string[]): { name: string; phone: string }[] =>
    ids.flatMap((id) => {
      const person = this.person(id);
      return person?.phone ? [{ name: person.name, phone: person.phone }] : [];
    });

  /** Whom to telephone; whoever is on duty today first. */
  helpers(today: readonly DutyCell[]): { name: string; title: string; phone: string; duty?: DutyRole }[] {
    const roleOf = new Map(today.flatMap(({ role, people }) => people.map(({ name }) => [name, role] as const)));
    const all = this.#people.flatMap(({ name, title, phone }) => {
      const duty = roleOf.get(name);
      return phone ? [{ name, title, phone, ...(duty ? { duty } : {}) }] : [];
    });
    return all.sort((a, b) => Number('duty' in b) - Number('duty' in a));
  }

  /** By pinyin initials (`lf`), pinyin (`liufang`), either on nine keys (`53`), Hanzi or department; what begins so comes first. */
  hosts({ query, department }: z.infer<typeof HostSearch>): z.infer<typeof HostResult> {
    const wanted = query?.normalize('NFKC').toLowerCase().replace(/\s/g, '') ?? '';
    const hosts = this.#people.filter((p) => p.host);
    const found = ranked(
      hosts.filter((p) => !department || p.department === department),
      wanted,
    );
    return {
      departments: [...new Set(hosts.map((p) => p.department))].sort(byGrade),
      hosts: found.slice(0, SHOWN).map(({ id, name, department, title }) => ({ id, name, department, title })),
    };
  }

  /** Everybody, by the keys of his name: whoever stands here without his card. */
  find(keys: string): StaffFound[] {
    if (keys === '') return [];
    return ranked(this.#people, keys)
      .slice(0, SHOWN)
      .map(({ id, name, department, title, pin }) => ({ id, name, department, title, pin: pin !== undefined }));
  }

  host(id: string): AdmitVisitor['host'] {
    const host = this.asHost(id);
    if (!host) throw new AppError('badInput', 'no such host');
    return host;
  }

  /** Null: has left the school, or may not be visited. */
  asHost(id: string): AdmitVisitor['host'] | null {
    const person = this.person(id);
    if (!person?.host) return null;
    const { name, department, title } = person;
    return { id, name, department, title };
  }
}

/** Offices first, then classes in the order of their years: 一（1）班 before 二（3）班. */
const GRADES = '一二三四五六七八九';
const grade = (department: string): number => (/班$/.test(department) ? GRADES.indexOf(department[0] ?? '') : -1);
const byGrade = (a: string, b: string): number => grade(a) - grade(b) || a.localeCompare(b, 'zh-CN');

const ranked = (people: readonly StaffPerson[], wanted: string): StaffPerson[] =>
  people
    .map((p) => ({ p, rank: rank(p, wanted) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.p.pinyin.localeCompare(b.p.pinyin))
    .map(({ p }) => p);

function rank({ name, initials, pinyin }: Pick<StaffPerson, 'name' | 'initials' | 'pinyin'>, wanted: string): number {
  if (isNineKeys(wanted)) {
    const keys = { initials: asNineKeys(initials), pinyin: asNineKeys(pinyin) };
    return keys.initials.startsWith(wanted) ? 0 : keys.pinyin.startsWith(wanted) ? 1 : -1;
  }
  if (wanted === '' || initials.startsWith(wanted)) return 0;
  if (pinyin.startsWith(wanted) || name.startsWith(wanted)) return 1;
  return initials.includes(wanted) || pinyin.includes(wanted) || name.includes(wanted) ? 2 : -1;
}
