/** The views of plans, hazards, people, devices and channels. */
import { everybodyCanRead, idOf } from './readable.ts';

everybodyCanRead([
  ['hazards', { path: 'hazards' }],
  ['hazard', { path: `hazards/${idOf(601)}` }],
  ['devices', { path: 'devices' }],
  ['channels', { path: 'devices/channels' }],
  ['channels on a phone', { path: 'devices/channels', width: 390 }],
  ['watchlist', { path: 'watchlist', scene: 'principal' }],
  ['watchlist on a phone', { path: `watchlist/${idOf(951)}`, scene: 'principal', width: 390 }],
  ['findings', { path: 'drills/findings' }],
  ['plans', { path: 'plans' }],
  ['plan', { path: `plans/${idOf(700)}`, scene: 'principal' }],
  ['hazards by phone', { path: 'mend', width: 390 }],
  ['who lacks what', { path: 'training' }],
  ['courses', { path: 'training/courses' }],
  ['lessons of pupils', { path: 'training/education' }],
  ['people', { path: 'training/people' }],
  ['person', { path: 'training/person/s-1' }],
  ['person on a phone', { path: 'training/person/s-1', width: 390 }],
  ['equipment', { path: 'training/equipment' }],
  ['equipment on a phone', { path: 'training/equipment', width: 390 }],
  ['my own, on a phone', { path: 'mine', scene: 'teacher', width: 390 }],
  ['guards', { path: 'training/staffing' }],
  ['guards on a phone', { path: 'training/staffing', width: 390 }],
]);
