import type { TrainingRouter } from '@anyuan/training/router';
import { createTRPCClient } from '@trpc/client';
import type { LearningClient } from '../clients/learning.ts';
import { type Caller, overHttp } from './transport.ts';

export function learningApi({ call, done }: Caller): LearningClient {
  const http = createTRPCClient<TrainingRouter>({ links: [overHttp('/api/training/trpc')] });

  return {
    courses: () => call(http.courses.query()),
    saveCourse: (course) => done(http.saveCourse.mutate(course)),
    retireCourse: (course) => done(http.retireCourse.mutate({ course })),
    planCourse: (plan) => done(http.planCourse.mutate(plan)),
    yearPlan: (year) => call(http.yearPlan.query({ year })),
    sessions: (month) => call(http.sessions.query({ month })),
    session: (session) => call(http.session.query({ session })),
    saveSession: (session) => done(http.saveSession.mutate(session)),
    cancelSession: (session, reason) => done(http.cancelSession.mutate({ session, reason })),
    attend: (attendance) => call(http.attendByName.mutate(attendance)),
    assess: (assessment) => call(http.recordAssessment.mutate(assessment)),

    education: (month) => call(http.education.query({ month })),
    myEducation: (month) => call(http.myEducation.query({ month })),
    lessons: (month) => call(http.lessons.query({ month })),
    recordLesson: (lesson) => done(http.recordLesson.mutate(lesson)),
    addProof: (proof) => done(http.addProof.mutate(proof)),
  };
}
