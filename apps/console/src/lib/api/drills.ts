import { createTRPCUntypedClient } from '@trpc/client';
import type { DrillsClient } from '../clients/drills.ts';
import { type Caller, overHttp } from './transport.ts';

export function drillsApi({ call, done }: Caller): DrillsClient {
  const http = createTRPCUntypedClient({ links: [overHttp('/api/drills/trpc')] });
  // The answer's shape is the one that `DrillsClient` names.
  const ask = <T>(path: string, input?: unknown) => call(http.query(path, input) as Promise<T>);
  const tell = <T>(path: string, input: unknown) => call(http.mutation(path, input) as Promise<T>);
  const order = (path: string, input: unknown) => done(http.mutation(path, input));
  const ofTerm = (term?: string) => (term ? { term } : {});

  return {
    term: (term) => ask('term', ofTerm(term)),
    saveTerm: (term) => order('saveTerm', term),
    saveExam: (exam) => order('saveExam', exam),
    removeExam: (exam) => order('removeExam', { exam }),
    saveDay: (day) => order('saveDay', day),
    removeDay: (date) => order('removeDay', { date }),
    confirmYear: (year) => order('confirmYear', { year }),
    saveFacts: (facts) => order('saveFacts', facts),
    changeRule: (change) => order('changeRule', change),
    addRule: (rule) => order('addRule', rule),
    propose: (term) => ask('propose', { term }),
    schedule: (drill) => tell('schedule', drill),
    scheduleAll: (drills) => tell('scheduleAll', { drills }),
    move: (move) => tell('move', move),
    cancel: (command) => order('cancel', command),
    people: () => ask('people'),
    classes: () => ask('classes'),
    drill: (drill) => ask('drill', { drill }),
    begin: (command) => tell('begin', command),
    end: (command) => order('end', command),
    running: () => ask('running'),
    rollCall: () => ask('rollCall'),
    roll: (drill, schoolClass) => ask('roll', { drill, class: schoolClass }),
    takeRoll: (roll) => tell('takeRoll', roll),
    recordSkill: (skill) => order('recordSkill', skill),
    recordFinding: (finding) => tell('recordFinding', finding),
    dismissFinding: (command) => order('dismissFinding', command),
    addPhoto: (photo) => order('addPhoto', photo),
    findings: (term) => ask('findings', ofTerm(term)),
    evacuations: (term) => ask('evacuations', ofTerm(term)),
    feed: async () => (await tell<{ path: string }>('feed', {})).path,
    plans: {
      list: () => ask('plans.list'),
      detail: (plan) => ask('plans.detail', { plan }),
      create: (plan) => order('plans.create', plan),
      draft: (version) => order('plans.draft', version),
      approve: (plan, version) => order('plans.approve', { plan, version }),
      confirmRead: (version) => order('plans.confirmRead', { version }),
    },
  };
}
