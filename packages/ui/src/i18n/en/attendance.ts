import type { Catalogue } from '../catalogue.ts';

export const attendance: Catalogue['attendance'] = {
  came: (n) => (n === 1 ? '1 card' : `${n} cards`),
  choose: 'Choose a session, then cards may be tapped',
  detail: {
    already: 'No need to tap again',
    kept: 'Stored here; sent when connected',
    notToday: 'This session was moved or called off. Ask the safety officer.',
    recorded: 'Recorded for this session',
    unknownCard: 'Enter this card with its person in the office, then tap again',
  },
  end: 'End sign-in',
  none: 'No training today. Ask the safety officer to plan a session.',
  someone: 'This card',
  tap: 'Tap your staff card',
  title: 'Training sign-in',
  until: (time) => `ends at ${time}`,
  untilNote: 'Today’s training, by staff card',
  word: {
    already: 'Signed in before',
    kept: 'Noted',
    notToday: 'Not recorded',
    recorded: 'Signed in',
    unknownCard: 'Unknown card',
  },
};
