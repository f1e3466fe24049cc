import type { DrillsRouter } from '@anyuan/drills/router';
import { createTRPCClient } from '@trpc/client';
import type { DrillsClient } from '../clients/drills.ts';
import { type Caller, overHttp } from './transport.ts';

export function drillsApi({ call, done }: Caller): DrillsClient {
  const http = createTRPCClient<DrillsRouter>({ links: [overHttp('/api/drills/trpc')] });
  const ofTerm = (term?: string) => (term ? { term } : {});

  return {
    term: (term) => call(http.term.query(ofTerm(term))),
    saveTerm: (term) => done(http.saveTerm.mutate(term)),
    saveExam: (exam) => done(http.saveExam.mutate(exam)),
    removeExam: (exam) => done(http.removeExam.mutate({ exam })),
    saveDay: (day) => done(http.saveDay.mutate(day)),
    removeDay: (date) => done(http.removeDay.mutate({ date })),
    confirmDays: (span) => done(http.confirmDays.mutate(span)),
    saveFacts: (facts) => done(http.saveFacts.mutate(facts)),
    changeRule: (change) => done(http.changeRule.mutate(change)),
    addRule: (rule) => done(http.addRule.mutate(rule)),
    propose: (term) => call(http.propose.query({ term })),
    schedule: (drill) => call(http.schedule.mutate(drill)),
    scheduleAll: (drills) => call(http.scheduleAll.mutate({ drills })),
    move: (move) => call(http.move.mutate(move)),
    cancel: (command) => done(http.cancel.mutate(command)),
    people: () => call(http.people.query()),
    classes: () => call(http.classes.query()),
    drill: (drill) => call(http.drill.query({ drill })),
    begin: (command) => call(http.begin.mutate(command)),
    end: (command) => done(http.end.mutate(command)),
    running: () => call(http.running.query()),
    rollCall: () => call(http.rollCall.query()),
    roll: (drill, schoolClass) => call(http.roll.query({ drill, class: schoolClass })),
    takeRoll: (roll) => call(http.takeRoll.mutate(roll)),
    recordSkill: (skill) => done(http.recordSkill.mutate(skill)),
    recordFinding: (finding) => call(http.recordFinding.mutate(finding)),
    dismissFinding: (command) => call(http.dismissFinding.mutate(command)),
    addPhoto: (photo) => done(http.addPhoto.mutate(photo)),
    findings: (term) => call(http.findings.query(ofTerm(term))),
    evacuations: (term) => call(http.evacuations.query(ofTerm(term))),
    feed: async () => (await call(http.feed.query())).since,
    makeFeed: async () => (await call(http.makeFeed.mutate())).path,
    plans: {
      list: () => call(http.plans.plans.query()),
      detail: (plan) => call(http.plans.plan.query({ plan })),
      create: (plan) => done(http.plans.createPlan.mutate(plan)),
      draft: (version) => call(http.plans.draftPlanVersion.mutate(version)),
      approve: (version) => call(http.plans.approvePlanVersion.mutate(version)),
      confirmRead: (version) => done(http.plans.confirmPlanRead.mutate({ version })),
    },
    patrols: {
      day: () => call(http.patrols.patrolDay.query({})),
      signIn: (signIn) => call(http.patrols.signIn.mutate(signIn)),
      places: () => call(http.patrols.places.query()),
      savePost: (post) => call(http.patrols.savePost.mutate(post)),
      saveRoute: (route) => call(http.patrols.saveRoute.mutate(route)),
      retire: (place) => call(http.patrols.retirePlace.mutate(place)),
    },
  };
}
