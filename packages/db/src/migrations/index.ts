/**
 * Every migration by owner, in the order in which it runs. Kept by hand so that a review sees a new one; names sort by
 * their UTC minute, and a merged file is never changed, renamed or taken out.
 */
import type { Migration } from 'kysely/migration';
import type { Owner } from '../owners.ts';
import { up as alarmOutbox } from './202611230300-alarm-outbox.ts';
import { up as gateOutbox } from './202611230300-gate-outbox.ts';
import { up as pickupOutbox } from './202611230300-pickup-outbox.ts';
import { up as gateVisits } from './202611230310-gate-visits.ts';
import { up as pickupCards } from './202611230310-pickup-cards.ts';
import { up as alarmIncidents } from './202611230320-alarm-incidents.ts';
import { up as identitySignIn } from './202611230330-identity-sign-in.ts';
import { up as drillsOutbox } from './202611230900-drills-outbox.ts';
import { up as identityPerson } from './202611230900-identity-person.ts';
import { up as ledgerOutbox } from './202611230900-ledger-outbox.ts';
import { up as trainingOutbox } from './202611230900-training-outbox.ts';
import { up as drillsTerms } from './202611230910-drills-terms.ts';
import { up as drillsRolls } from './202611230911-drills-rolls.ts';
import { up as drillsPatrols } from './202611230912-drills-patrols.ts';
import { up as drillsPlanProof } from './202611230920-drills-plan-proof.ts';
import { up as trainingPeople } from './202611230920-training-people.ts';
import { up as drillsPlaces } from './202611230921-drills-places.ts';
import { up as trainingCourses } from './202611230921-training-courses.ts';
import { up as trainingDuty } from './202611230922-training-duty.ts';
import { up as ledgerHazards } from './202611230930-ledger-hazards.ts';
import { up as trainingOrder } from './202611230940-training-order.ts';
import { up as ledgerChannels } from './202611231250-ledger-channels.ts';
import { up as drillsReminders } from './202611231251-drills-reminders.ts';
import { up as trainingImports } from './202611231300-training-imports.ts';
import { up as drillsConfirmedSpans } from './202611231330-drills-confirmed-spans.ts';
import { up as gateVisitsLife } from './202611231600-gate-visits-life.ts';
import { up as gatePermits } from './202611231620-gate-permits.ts';
import { up as gateVehicles } from './202611231621-gate-vehicles.ts';
import { up as gateWatchlist } from './202611231630-gate-watchlist.ts';
import { up as gateShifts } from './202611231640-gate-shifts.ts';
import { up as gateFacilities } from './202611231641-gate-facilities.ts';
import { up as gateRetention } from './202611231650-gate-retention.ts';
import { up as gateBookings } from './202611231655-gate-bookings.ts';
import { up as gateContradictions } from './202611231656-gate-contradictions.ts';
import { up as gateForgetPasses } from './202611231858-gate-forget-passes.ts';
import { up as drillsCardForgotten } from './202611231930-drills-card-forgotten.ts';
import { up as gateCardForgotten } from './202611231930-gate-card-forgotten.ts';
import { up as trainingCardForgotten } from './202611231930-training-card-forgotten.ts';
import { up as trainingRosterTold } from './202611231947-training-roster-told.ts';

export const migrations: Record<Owner, Record<string, Migration>> = {
  identity: {
    '202611230330-identity-sign-in': { up: identitySignIn },
    '202611230900-identity-person': { up: identityPerson },
  },
  gate: {
    '202611230300-gate-outbox': { up: gateOutbox },
    '202611230310-gate-visits': { up: gateVisits },
    '202611231600-gate-visits-life': { up: gateVisitsLife },
    '202611231620-gate-permits': { up: gatePermits },
    '202611231621-gate-vehicles': { up: gateVehicles },
    '202611231630-gate-watchlist': { up: gateWatchlist },
    '202611231640-gate-shifts': { up: gateShifts },
    '202611231641-gate-facilities': { up: gateFacilities },
    '202611231650-gate-retention': { up: gateRetention },
    '202611231655-gate-bookings': { up: gateBookings },
    '202611231656-gate-contradictions': { up: gateContradictions },
    '202611231858-gate-forget-passes': { up: gateForgetPasses },
    '202611231930-gate-card-forgotten': { up: gateCardForgotten },
  },
  pickup: {
    '202611230300-pickup-outbox': { up: pickupOutbox },
    '202611230310-pickup-cards': { up: pickupCards },
  },
  alarm: {
    '202611230300-alarm-outbox': { up: alarmOutbox },
    '202611230320-alarm-incidents': { up: alarmIncidents },
  },
  drills: {
    '202611230900-drills-outbox': { up: drillsOutbox },
    '202611230910-drills-terms': { up: drillsTerms },
    '202611230911-drills-rolls': { up: drillsRolls },
    '202611230912-drills-patrols': { up: drillsPatrols },
    '202611230920-drills-plan-proof': { up: drillsPlanProof },
    '202611230921-drills-places': { up: drillsPlaces },
    '202611231251-drills-reminders': { up: drillsReminders },
    '202611231330-drills-confirmed-spans': { up: drillsConfirmedSpans },
    '202611231930-drills-card-forgotten': { up: drillsCardForgotten },
  },
  training: {
    '202611230900-training-outbox': { up: trainingOutbox },
    '202611230920-training-people': { up: trainingPeople },
    '202611230921-training-courses': { up: trainingCourses },
    '202611230922-training-duty': { up: trainingDuty },
    '202611230940-training-order': { up: trainingOrder },
    '202611231300-training-imports': { up: trainingImports },
    '202611231930-training-card-forgotten': { up: trainingCardForgotten },
    '202611231947-training-roster-told': { up: trainingRosterTold },
  },
  ledger: {
    '202611230900-ledger-outbox': { up: ledgerOutbox },
    '202611230930-ledger-hazards': { up: ledgerHazards },
    '202611231250-ledger-channels': { up: ledgerChannels },
  },
};
