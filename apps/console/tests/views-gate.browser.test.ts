/** The views of the gate's office. */
import { visitId, visitorId } from '../src/testing/day-book-fixtures.ts';
import { everybodyCanRead } from './readable.ts';

everybodyCanRead([
  ['day book', { path: 'gate/book' }],
  ['day book on a phone', { path: 'gate/book', width: 390 }],
  ['at the gate for me, on a phone', { path: 'confirm', scene: 'asked', width: 390 }],
  ['on site', { path: 'gate/on-site' }],
  ["visitor's file", { path: `gate/visitor/${visitorId(0)}`, scene: 'principal' }],
  ['looks and keeping', { path: 'gate/records', scene: 'principal' }],
  ['looks and keeping on a phone', { path: 'gate/records', scene: 'principal', width: 390 }],
  ['how hosts are asked', { path: 'gate/asking' }],
  ['how hosts are asked, on a phone', { path: 'gate/asking', width: 390 }],
  ['shifts', { path: 'gate/shifts' }],
  ['shifts on a phone', { path: 'gate/shifts', width: 390 }],
  ['protection of the gates', { path: 'gate/facilities' }],
  ['protection of the gates on a phone', { path: 'gate/facilities', width: 390 }],
  ['records to be checked', { path: 'gate/check' }],
  ['records to be checked, on a phone', { path: 'gate/check', width: 390 }],
  ['roll of an evacuation, ended', { path: `evacuation/${visitId(900)}`, width: 390 }],
]);
