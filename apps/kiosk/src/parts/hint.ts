import { t } from '@anyuan/ui';
import type { Hint } from '../lib/state.ts';

/** The sentence of a passing hint. */
export function hintText({ key, name }: Hint): string {
  const { attendance, atPost, badge, permits, vehicles } = t();
  const { hint, admitted, alarm } = t().kiosk;
  switch (key) {
    case 'signedOut':
      return hint.signedOut(name);
    case 'staffCard':
      return hint.staffCard(name);
    case 'atPostYes':
      return `${name} ${atPost.word.recorded}`;
    case 'atPostAgain':
      return `${name} ${atPost.again}`;
    case 'atPostNot':
      return `${name} ${atPost.word.changed}`;
    case 'attendedYes':
      return `${name || attendance.someone} ${attendance.word.recorded}`;
    case 'attendedAgain':
      return `${name || attendance.someone} ${attendance.word.already}`;
    case 'attendedNot':
      return `${name || attendance.someone} ${attendance.word.notToday}`;
    case 'permitIn':
    case 'permitOut':
    case 'permitNo':
    case 'permitAgain':
      return `${name} ${permits.said[key]}`;
    case 'vehicleIn':
    case 'vehicleOut':
    case 'vehicleBack':
      return `${name} ${vehicles.said[key]}`;
    case 'badgeFailed':
      return badge.state.failed;
    case 'bookingLater':
      return t().booked.later;
    case 'alreadyIn':
    case 'someSignedOut':
    case 'thingsSettled':
      return t().visit.hint[key](name);
    case 'undone':
      return admitted.undone(name);
    case 'alarmBusy':
      return alarm.busy.actual;
    case 'exerciseBusy':
      return alarm.busy.exercise;
    case 'code':
    case 'document':
    case 'notKept':
    case 'noVisit':
    case 'quiet':
    case 'reading':
    case 'unsupported':
      return hint[key];
  }
}
