/** Messages to people outside the console, one small file a provider. See README.md. */
export { hostOf, tailOf, wrongWith } from './address.ts';
export { AT_MOST, batches, GIVEN_UP_AFTER_MS, restAfter, roomAt } from './pace.ts';
export { isOfChannel, limits, type Message, type Verdict } from './provider.ts';
export { type SendOptions, send } from './send.ts';
export { digestLine } from './text.ts';
