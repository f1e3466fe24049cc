/** The views of the gate, the alarm and the drills. */
import { everybodyCanRead, idOf } from './readable.ts';

everybodyCanRead([
  ['sign-in', { scene: 'signedOut' }],
  ['today', {}],
  ['gate', { path: 'gate', scene: 'actual' }],
  ['pickup', { path: 'pickup' }],
  ['cards', { path: 'pickup/cards' }],
  ['calm', { path: 'alarm' }],
  ['real alarm', { path: 'alarm', scene: 'actual' }],
  ['exercise', { path: 'alarm', scene: 'exercise' }],
  ['test', { path: 'alarm', scene: 'test' }],
  ['cut line', { path: 'gate', scene: 'silent' }],
  ['term', { path: 'drills' }],
  ['term on a phone', { path: 'drills', width: 390 }],
  ['calendar', { path: 'drills/calendar' }],
  ['settings of drills', { path: 'drills/setup' }],
  ['drill to come', { path: `drills/${idOf(1)}` }],
  ['running drill', { path: `drills/${idOf(13)}`, scene: 'drilling' }],
  ['drill that is over', { path: `drills/${idOf(6)}` }],
  ['phone', { path: 'alarm', scene: 'exercise', width: 390 }],
]);
