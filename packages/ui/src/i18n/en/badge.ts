import type { Catalogue } from '../catalogue.ts';

export const badge: Catalogue['badge'] = {
  again: 'Print again',
  cut: ' Throw the half badge away.',
  fault: {
    coverOpen: 'The printer’s cover is open',
    cutterFault: 'The cutter is jammed',
    noAnswer: 'The printer does not answer',
    paperOut: 'The printer is out of paper',
    portLost: 'The printer is not connected',
    printerFault: 'The printer has stopped',
  },
  idle: (name, what) => `${name}: ${what}`,
  low: 'The badge printer is nearly out of paper. Get a new roll.',
  none: 'No badge printed yet',
  paper: {
    count: (n) => `Group of ${n}`,
    foot: 'Wear this badge and return it when you leave.',
    footEn: 'Please return this badge at the gate.',
    from: 'Arrived',
    host: 'To see',
    plate: 'Vehicle',
    reason: 'Reason',
    ticket: 'Kept items',
    title: (gate) => `${gate} visitor`,
    until: 'Leaves by',
  },
  state: {
    failed: 'The badge did not come out',
    printed: 'Badge printed. Hand it over.',
    printing: 'Printing the badge',
  },
  todo: {
    coverOpen: 'Shut the cover, then print again.',
    cutterFault: 'Open the cover, free the paper, shut it, print again.',
    noAnswer: 'Check power and cable, then print again.',
    paperOut: 'Put in a new roll, then print again.',
    portLost: 'Plug the cable in, check the power, print again.',
    printerFault: 'Switch the printer off and on, then print again.',
  },
};
