import type { trainingPapers as zh } from '../zh/training-papers.ts';

export const trainingPapers: typeof zh = {
  columns: {
    course: 'Course',
    date: 'Date',
    hours: 'Hours',
    name: 'Name',
    place: 'Place',
    result: 'Result',
    signIn: 'Signed in',
    topic: 'Topic',
    trainer: 'Trainer',
  },
  failed: (score) => `${score}, failed`,
  none: 'no test',
  notYet: 'not tested',
  passed: (score) => `${score}, passed`,
  people: (n) => `${n} attendances`,
  sheet: 'Training',
  signatures: ['Filled in by', 'In charge', 'Date'],
  title: (month) => `Ledger of training ${month}`,
  via: { card: 'card', name: 'by hand', vouched: 'no card' },
};
