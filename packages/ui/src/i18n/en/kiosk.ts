import type { kiosk as source } from '../zh/kiosk.ts';

export const kiosk: typeof source = {};
