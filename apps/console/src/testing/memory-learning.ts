/** Courses and lessons in memory: what is planned, attended or taught here is there when asked for again. */
import { AppError, type SessionView, schoolDate } from '@anyuan/contracts';
import type { LearningClient } from '../lib/clients/learning.ts';
import { type LearningScene, monthOf, yearOf } from './learning-fixtures.ts';

type Order = (name: string, input: unknown, run?: () => void) => Promise<void>;

export function memoryLearning(
  start: LearningScene,
  answer: <T>(value: T) => Promise<T>,
  order: Order,
): LearningClient {
  let scene = start;
  const today = () => schoolDate(Date.now());
  const nameOf = (id: string) => ({ 's-4': '刘强' })[id] ?? id;
  const found = (id: string): SessionView => {
    const session = scene.sessions.find((s) => s.id === id);
    if (!session) throw new AppError('notFound', 'scene');
    return session;
  };
  const put = (session: SessionView) => {
    scene = { ...scene, sessions: [...scene.sessions.filter((s) => s.id !== session.id), session] };
  };
  return {
    courses: () => answer(scene.courses),
    saveCourse: (course) =>
      order('saveCourse', course, () => {
        const others = scene.courses.filter((c) => c.id !== course.id);
        if (others.some((c) => c.code === course.code)) throw new AppError('conflict', 'scene');
        scene = { ...scene, courses: [...others, { ...course, retired: false }] };
      }),
    retireCourse: (id) =>
      order('retireCourse', id, () => {
        scene = { ...scene, courses: scene.courses.map((c) => (c.id === id ? { ...c, retired: true } : c)) };
      }),
    planCourse: (plan) =>
      order('planCourse', plan, () => {
        scene = { ...scene, planned: { ...scene.planned, [plan.course]: plan.months } };
      }),
    yearPlan: async (year) => answer(yearOf(scene, year, today())),
    sessions: (month) =>
      answer(scene.sessions.filter((s) => s.date.startsWith(month)).sort((a, b) => a.date.localeCompare(b.date))),
    session: async (id) => answer({ session: found(id), people: found(id).attended > 0 ? scene.records : [] }),
    saveSession: (session) =>
      order('saveSession', session, () => {
        const { title, passMark } = scene.courses.find((c) => c.id === session.course) ?? { title: '', passMark: null };
        put({ ...session, title, passMark, cancelled: false, attended: 0, passed: 0 });
      }),
    cancelSession: (id, reason) => order('cancelSession', { id, reason }, () => put({ ...found(id), cancelled: true })),
    attend: async (given) => {
      const there = scene.records.find((p) => p.person.id === given.person);
      if (there) return answer({ result: 'already', person: there.person, at: there.at });
      const person = { id: given.person, name: nameOf(given.person) };
      await order('attend', given, () => {
        const added = { person: { ...person, roles: [] }, via: 'name' as const, at: given.at, attempts: [] };
        scene = { ...scene, records: [...scene.records, added] };
        const session = found(given.session);
        put({ ...session, attended: session.attended + 1 });
      });
      return { result: 'recorded', person };
    },
    assess: async (given) => {
      const { passMark } = found(given.session);
      if (passMark === null) return answer({ result: 'noMark' });
      const passed = given.score >= passMark;
      await order('assess', given, () => {
        const attempt = { id: given.id, score: given.score, passed, at: given.at };
        scene = {
          ...scene,
          records: scene.records.map((p) =>
            p.person.id === given.person ? { ...p, attempts: [...p.attempts, attempt] } : p,
          ),
        };
      });
      return { result: 'recorded', passed, attempt: 1 };
    },
    education: async (month) => answer(monthOf(scene, month, today())),
    myEducation: async (month) => {
      const all = monthOf(scene, month, today());
      return answer({ ...all, classes: all.classes.filter((c) => c.class.teacher?.id === 's-5') });
    },
    lessons: (month) => answer(scene.lessons.filter((l) => l.date.startsWith(month))),
    recordLesson: (lesson) =>
      order('recordLesson', lesson, () => {
        const className = scene.classes.find((c) => c.id === lesson.class)?.name ?? '';
        const by = { id: 'p-zhou', name: '周敏' };
        const added = { ...lesson, className, by, at: new Date().toISOString(), hasProof: false };
        scene = { ...scene, lessons: [...scene.lessons, added] };
      }),
    addProof: (proof) =>
      order('addProof', proof, () => {
        scene = {
          ...scene,
          lessons: scene.lessons.map((l) => (l.id === proof.lesson ? { ...l, hasProof: true } : l)),
        };
      }),
  };
}
