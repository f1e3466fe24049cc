/**
 * What is to be taught in which month: the year's courses of staff (E3) and the pupils' safety topics by season (E4). Pure.
 * A month that is over without its lesson is late; the current one is planned until its last day.
 */
import type { LessonTopic } from '@anyuan/contracts';

export type Progress = 'planned' | 'done' | 'late';

/** @param month `2026-11`; @param today `2026-11-23` */
export const progress = (done: boolean, month: string, today: string): Progress =>
  done ? 'done' : month < today.slice(0, 7) ? 'late' : 'planned';

/**
 * Topics by month of the year: at the beginning of each term law, bullying and traffic; drowning before and in the hot months
 * and before the winter's ice; fire in the dry season and in the fire-safety month (November); earthquake at the national day
 * of disaster prevention (12 May). The source names the topics and "by season" and not the months: those are ours.
 */
const SEASON_PLAN: Record<number, readonly LessonTopic[]> = {
  1: ['fire', 'traffic', 'winter'],
  2: ['fraud', 'traffic'],
  3: ['bullying', 'law', 'traffic'],
  4: ['drowning', 'food', 'antiTerror'],
  5: ['drowning', 'earthquake'],
  6: ['drowning', 'law', 'fraud'],
  7: ['drowning', 'traffic'],
  8: ['drowning'],
  9: ['bullying', 'traffic', 'fire'],
  10: ['fraud', 'food'],
  11: ['fire', 'antiTerror'],
  12: ['law', 'traffic', 'winter'],
};

export const topicsOf = (month: string): readonly LessonTopic[] => SEASON_PLAN[Number(month.slice(5))] ?? [];

/** July and August, when no class comes to school: what is not done before does not become late. */
const isHoliday = (month: string): boolean => ['07', '08'].includes(month.slice(5));

export interface Lesson {
  id: string;
  class: string;
  topic: LessonTopic;
  minutes: number;
}

/** Which of the month's topics a class has had; another topic counts for its minutes only. */
export function coverage(month: string, today: string, lessons: readonly Lesson[]) {
  const cells = topicsOf(month).map((topic) => {
    const lesson = lessons.find((l) => l.topic === topic);
    const state = progress(lesson !== undefined, month, today);
    return {
      topic,
      state: state === 'late' && isHoliday(month) ? 'planned' : state,
      lesson: lesson?.id ?? null,
    } as const;
  });
  return { cells, minutes: lessons.reduce((sum, lesson) => sum + lesson.minutes, 0) };
}
