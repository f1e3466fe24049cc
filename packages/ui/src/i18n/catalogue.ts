/**
 * Every word that a user reads. Chinese is the source and the type: an English text that is missing, or takes other values,
 * does not build. Plain TypeScript without Svelte, so that whoever prints or sends may use it too.
 */

import { asking as enAsking } from './en/asking.ts';
import { atPost as enAtPost } from './en/at-post.ts';
import { attendance as enAttendance } from './en/attendance.ts';
import { badge as enBadge } from './en/badge.ts';
import { booked as enBooked } from './en/booked.ts';
import { bookings as enBookings } from './en/bookings.ts';
import { channels as enChannels } from './en/channels.ts';
import { common as enCommon } from './en/common.ts';
import { consoleText as enConsole } from './en/console.ts';
import { contradictions as enContradictions } from './en/contradictions.ts';
import { dayBook as enDayBook } from './en/day-book.ts';
import { drillPapers as enDrillPapers } from './en/drill-papers.ts';
import { drills as enDrills } from './en/drills.ts';
import { errors as enErrors } from './en/errors.ts';
import { facilities as enFacilities } from './en/facilities.ts';
import { forgotten as enForgotten } from './en/forgotten.ts';
import { handover as enHandover } from './en/handover.ts';
import { hazards as enHazards } from './en/hazards.ts';
import { kiosk as enKiosk } from './en/kiosk.ts';
import { messages as enMessages } from './en/messages.ts';
import { modes as enModes } from './en/modes.ts';
import { patrol as enPatrol } from './en/patrol.ts';
import { peopleImport as enPeopleImport } from './en/people-import.ts';
import { permits as enPermits } from './en/permits.ts';
import { practice as enPractice } from './en/practice.ts';
import { print as enPrint } from './en/print.ts';
import { printDrills as enPrintDrills } from './en/print-drills.ts';
import { readiness as enReadiness } from './en/readiness.ts';
import { roll as enRoll } from './en/roll.ts';
import { shifts as enShifts } from './en/shifts.ts';
import { today as enToday } from './en/today.ts';
import { training as enTraining } from './en/training.ts';
import { trainingPapers as enTrainingPapers } from './en/training-papers.ts';
import { vehicles as enVehicles } from './en/vehicles.ts';
import { visit as enVisit } from './en/visit.ts';
import { watchlist as enWatchlist } from './en/watchlist.ts';
import { words as enWords } from './en/words.ts';
import { asking } from './zh/asking.ts';
import { atPost } from './zh/at-post.ts';
import { attendance } from './zh/attendance.ts';
import { badge } from './zh/badge.ts';
import { booked } from './zh/booked.ts';
import { bookings } from './zh/bookings.ts';
import { channels } from './zh/channels.ts';
import { common } from './zh/common.ts';
import { consoleText } from './zh/console.ts';
import { contradictions } from './zh/contradictions.ts';
import { dayBook } from './zh/day-book.ts';
import { drillPapers } from './zh/drill-papers.ts';
import { drills } from './zh/drills.ts';
import { errors } from './zh/errors.ts';
import { facilities } from './zh/facilities.ts';
import { forgotten } from './zh/forgotten.ts';
import { handover } from './zh/handover.ts';
import { hazards } from './zh/hazards.ts';
import { kiosk } from './zh/kiosk.ts';
import { messages } from './zh/messages.ts';
import { modes } from './zh/modes.ts';
import { patrol } from './zh/patrol.ts';
import { peopleImport } from './zh/people-import.ts';
import { permits } from './zh/permits.ts';
import { practice } from './zh/practice.ts';
import { print } from './zh/print.ts';
import { printDrills } from './zh/print-drills.ts';
import { readiness } from './zh/readiness.ts';
import { roll } from './zh/roll.ts';
import { shifts } from './zh/shifts.ts';
import { today } from './zh/today.ts';
import { training } from './zh/training.ts';
import { trainingPapers } from './zh/training-papers.ts';
import { vehicles } from './zh/vehicles.ts';
import { visit } from './zh/visit.ts';
import { watchlist } from './zh/watchlist.ts';
import { words } from './zh/words.ts';

const zh = {
  asking,
  atPost,
  attendance,
  badge,
  booked,
  bookings,
  channels,
  common,
  console: consoleText,
  contradictions,
  dayBook,
  drillPapers,
  drills,
  errors,
  facilities,
  forgotten,
  handover,
  hazards,
  kiosk,
  messages,
  modes,
  patrol,
  peopleImport,
  permits,
  practice,
  print,
  printDrills,
  readiness,
  roll,
  shifts,
  today,
  training,
  trainingPapers,
  watchlist,
  vehicles,
  visit,
  words,
};
export type Catalogue = typeof zh;
const en: Catalogue = {
  asking: enAsking,
  atPost: enAtPost,
  attendance: enAttendance,
  badge: enBadge,
  booked: enBooked,
  bookings: enBookings,
  channels: enChannels,
  common: enCommon,
  console: enConsole,
  contradictions: enContradictions,
  dayBook: enDayBook,
  drillPapers: enDrillPapers,
  drills: enDrills,
  errors: enErrors,
  facilities: enFacilities,
  forgotten: enForgotten,
  handover: enHandover,
  hazards: enHazards,
  kiosk: enKiosk,
  messages: enMessages,
  modes: enModes,
  patrol: enPatrol,
  peopleImport: enPeopleImport,
  permits: enPermits,
  practice: enPractice,
  print: enPrint,
  printDrills: enPrintDrills,
  readiness: enReadiness,
  roll: enRoll,
  shifts: enShifts,
  today: enToday,
  training: enTraining,
  trainingPapers: enTrainingPapers,
  watchlist: enWatchlist,
  vehicles: enVehicles,
  visit: enVisit,
  words: enWords,
};

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export const catalogues: Record<Language, Catalogue> = { en, zh };
