import type { Catalogue } from '../catalogue.ts';

export const forgotten: Catalogue['forgotten'] = {
  colleague: 'A colleague taps a card',
  colleagueNote: (name) => `On the reader it vouches: this is ${name}`,
  done: 'Confirm',
  empty: 'Nobody by that name. Try another key; whoever is not on the list registers as a visitor.',
  failed: 'Not recorded',
  mark: ({ proof, by }) => (proof === 'pin' ? 'no card, own PIN' : `no card, vouched for by ${by.name}`),
  noPin: 'No PIN is set. A colleague taps a card.',
  notListed: 'Not among the people of trainings. Enter the person in the console, then sign in again.',
  pin: 'or the person’s own PIN',
  record: 'Staff without a card',
  staff: 'Staff of this school',
  staffNote: 'without a card',
  short: 'no card',
  start: 'Keys of the name in pinyin',
  title: 'Staff without a card',
};
