import type { Catalogue } from '../catalogue.ts';

export const atPost: Catalogue['atPost'] = {
  again: 'signed in before',
  asOf: (when) => `Posts as planned ${when}`,
  came: (time, detail) => `At ${time}. ${detail}`,
  detail: {
    already: 'No need to tap again',
    changed: 'The posts were changed. Ask the safety officer.',
    kept: 'Stored here; sent when connected',
    recorded: 'The school has it',
  },
  word: {
    already: 'signed in',
    changed: 'not recorded',
    kept: 'noted',
    recorded: 'on post',
  },
};
