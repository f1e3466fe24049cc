import { t } from '@anyuan/ui';
import type { DeviceWords } from '../lib/devices/names.ts';

export const deviceWords = (): DeviceWords => ({
  kinds: t().words.deviceKind,
  broadcast: t().console.devices.broadcast,
});
