/** An invented school's courses, sessions and safety lessons. Ids are fixed, so that a test may open them. */
import {
  type CourseView,
  type EducationMonth,
  type LessonTopic,
  type LessonView,
  type SessionRecord,
  type SessionView,
  schoolDate,
  type YearPlan,
} from '@anyuan/contracts';
import { addDays } from '../lib/training/cells.ts';

export interface LearningScene {
  courses: CourseView[];
  /** Months that are planned, by course. */
  planned: Record<string, number[]>;
  sessions: SessionView[];
  records: SessionRecord['people'];
  classes: EducationMonth['classes'][number]['class'][];
  lessons: LessonView[];
}
export const noLearning: LearningScene = {
  courses: [],
  planned: {},
  sessions: [],
  records: [],
  classes: [],
  lessons: [],
};

export const learningId = (n: number): string => `0199e1a4-7a20-7000-8000-${String(n).padStart(12, '0')}`;
const TOPICS: LessonTopic[] = ['fire', 'antiTerror', 'traffic'];

const courses: CourseView[] = [
  { code: 'guard-regular', title: '保安定期培训', roles: ['guard'], periodMonths: 6, passMark: 60 },
  { code: 'guard-induction', title: '保安岗前培训', roles: ['guard'], periodMonths: null, passMark: 80 },
  {
    code: 'staff-safety',
    title: '教职工安全培训',
    roles: ['teacher', 'headTeacher'],
    periodMonths: 12,
    passMark: null,
  },
  { code: 'head-teacher', title: '班主任安全培训与考核', roles: ['headTeacher'], periodMonths: 12, passMark: 60 },
].map((course, n) => ({ ...course, id: learningId(n + 1), retired: false }) as CourseView);

export function learningScene(now: number): LearningScene {
  const today = schoolDate(now);
  const session = (n: number, of: number, days: number, more: Partial<SessionView> = {}): SessionView => ({
    id: learningId(100 + n),
    course: learningId(of),
    title: courses[of - 1]?.title ?? '',
    passMark: courses[of - 1]?.passMark ?? null,
    date: addDays(today, days),
    from: '14:00',
    hours: 2,
    place: '综合楼 201',
    trainer: '青禾派出所 何警官',
    topic: '防冲撞、防暴器材使用和一键报警',
    cancelled: false,
    attended: 0,
    passed: 0,
    ...more,
  });
  const someone = (id: string, name: string, via: 'card' | 'name', ...scores: number[]) => ({
    person: { id, name, roles: ['guard' as const] },
    via,
    at: new Date(now - 3_600_000).toISOString(),
    attempts: scores.map((score, n) => ({
      id: learningId(500 + n),
      score,
      passed: score >= 60,
      at: new Date(now).toISOString(),
    })),
  });
  return {
    courses,
    planned: { [learningId(1)]: [3, 5, 9, 12], [learningId(3)]: [9], [learningId(4)]: [8, 12] },
    sessions: [
      session(1, 1, 0, { attended: 3, passed: 1 }),
      session(2, 3, -2, { trainer: '周敏', topic: '校园安全责任和应急处置', place: '报告厅', attended: 62 }),
      session(3, 4, 3, { topic: '带班疏散和清点' }),
      session(4, 2, -3, { cancelled: true }),
    ],
    records: [someone('s-1', '王强', 'card', 85), someone('s-2', '李强', 'card', 45), someone('s-3', '张强', 'name')],
    classes: Array.from({ length: 12 }, (_, n) => ({
      id: `c${Math.floor(n / 2) + 1}-${(n % 2) + 1}`,
      name: `${'一二三四五六'[Math.floor(n / 2)]}(${(n % 2) + 1})班`,
      teacher: n === 7 ? null : { id: `s-${n + 1}`, name: `${'王李张刘陈杨赵黄周吴徐孙'[n]}老师` },
    })),
    lessons: Array.from({ length: 14 }, (_, n): LessonView => {
      const of = n % 12;
      return {
        id: learningId(300 + n),
        class: `c${Math.floor(of / 2) + 1}-${(of % 2) + 1}`,
        className: `${'一二三四五六'[Math.floor(of / 2)]}(${(of % 2) + 1})班`,
        date: addDays(today, -(n % 5)),
        topic: TOPICS[n % 5 === 4 ? 2 : n % 2] ?? 'fire',
        minutes: n % 3 === 0 ? 40 : 20,
        material: { title: '消防安全第一课', link: n % 3 === 0 ? 'https://example.org/lesson' : null },
        by: { id: `s-${of + 1}`, name: `${'王李张刘陈杨赵黄周吴徐孙'[of]}老师` },
        at: new Date(now).toISOString(),
        hasProof: n % 2 === 0,
      };
    }),
  };
}

export function yearOf(scene: LearningScene, year: number, today: string): YearPlan {
  const months = (course: CourseView) =>
    Array.from({ length: 12 }, (_, i) => {
      const month = `${year}-${String(i + 1).padStart(2, '0')}`;
      const of = scene.sessions.filter((s) => s.course === course.id && !s.cancelled && s.date <= today);
      const done = of.some((s) => s.date.startsWith(month)) || (course.code === 'staff-safety' && i === 8);
      if (done) return 'done';
      if (!scene.planned[course.id]?.includes(i + 1)) return null;
      return month < today.slice(0, 7) ? 'late' : 'planned';
    });
  return { year, rows: scene.courses.filter((c) => !c.retired).map((course) => ({ course, months: months(course) })) };
}

export function monthOf({ classes, lessons }: LearningScene, month: string, today: string): EducationMonth {
  const held = (of: string) => lessons.filter((l) => l.class === of && l.date.startsWith(month));
  return {
    month,
    topics: TOPICS.slice(0, 2),
    classes: classes.map((one) => ({
      class: one,
      cells: TOPICS.slice(0, 2).map((topic) => {
        const lesson = held(one.id).find((l) => l.topic === topic);
        const state = lesson ? 'done' : month < today.slice(0, 7) ? 'late' : 'planned';
        return { topic, state, lesson: lesson?.id ?? null } as const;
      }),
      minutes: held(one.id).reduce((sum, l) => sum + l.minutes, 0),
    })),
  };
}
