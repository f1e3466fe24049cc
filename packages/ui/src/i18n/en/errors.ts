import type { errors as source } from '../zh/errors.ts';

export const errors: typeof source = {
  badInput: 'Something is filled in wrongly. Mend it and try again.',
  conflict: 'Somebody has just changed this. Refresh and look again.',
  forbidden: 'You may not do this. Ask the safety officer.',
  internal: 'The system failed; it is on record. Try once more, then use the paper form.',
  notFound: 'This record cannot be found. Go back and look again.',
  notKept:
    'This gate can keep nothing on its disk, so nothing was decided. Write it on paper with time and number, and telephone the safety officer now.',
  notSignedIn: 'You are signed out. Sign in again.',
  tooLarge: 'Too much at once. Send it in parts.',
  tooMany: 'Too many tries. Wait a minute.',
  unavailable: 'The school server cannot be reached. It reconnects by itself; telephone if it is urgent.',
};
