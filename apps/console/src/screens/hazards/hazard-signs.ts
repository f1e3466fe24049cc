/** The shape of each status, never the colour alone. */
import type { HazardView } from '@anyuan/contracts';
import { isLate } from '../../lib/hazards/hazard.ts';

const TONES = {
  reported: 'none',
  assigned: 'info',
  fixed: 'caution',
  verified: 'safe',
  reopened: 'caution',
  rejected: 'plain',
} as const;

export const hazardTone = (hazard: HazardView): 'danger' | (typeof TONES)[HazardView['status']] =>
  isLate(hazard) ? 'danger' : TONES[hazard.status];
