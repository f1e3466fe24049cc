/** What the screens of courses and lessons ask of the training service (E3, E4). Ids are the asker's: twice sent is once done. */
import type {
  AddProof,
  Assessed,
  AttendByName,
  Attended,
  CourseView,
  EducationMonth,
  LessonView,
  PlanCourse,
  RecordAssessment,
  RecordLesson,
  SaveCourse,
  SaveSession,
  SessionRecord,
  SessionView,
  YearPlan,
} from '@anyuan/contracts';

export interface LearningClient {
  courses(): Promise<CourseView[]>;
  saveCourse(course: SaveCourse): Promise<void>;
  retireCourse(course: string): Promise<void>;
  planCourse(plan: PlanCourse): Promise<void>;
  yearPlan(year: number): Promise<YearPlan>;
  /** @param month `2026-11` */
  sessions(month: string): Promise<SessionView[]>;
  session(session: string): Promise<SessionRecord>;
  saveSession(session: SaveSession): Promise<void>;
  cancelSession(session: string, reason: string): Promise<void>;
  attend(attendance: AttendByName): Promise<Attended>;
  assess(assessment: RecordAssessment): Promise<Assessed>;

  education(month: string): Promise<EducationMonth>;
  /** The asker's own classes and no others. */
  myEducation(month: string): Promise<EducationMonth>;
  lessons(month: string): Promise<LessonView[]>;
  recordLesson(lesson: RecordLesson): Promise<void>;
  addProof(proof: AddProof): Promise<void>;
}
