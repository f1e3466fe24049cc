import { UNKNOWN_PLACE } from '@anyuan/contracts';
import { t } from '@anyuan/ui';
import type { Place } from '../../lib/alarm/places.ts';

/** In the reader's language, when nobody said where. */
export const placeName = ({ zone, name }: Place): string =>
  zone === UNKNOWN_PLACE.zone ? t().words.placeUnknown : name;
