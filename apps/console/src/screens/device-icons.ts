import type { DeviceKind } from '@anyuan/contracts';
import type { IconName } from '@anyuan/ui';

export const deviceIcons: Record<DeviceKind, IconName> = {
  siren: 'horn',
  strobe: 'lamp',
  lamp: 'lamp',
  display: 'display',
  phone: 'phone',
  idReader: 'id',
  cardReader: 'nocard',
  qrScanner: 'qr',
  button: 'button',
  door: 'door',
  printer: 'print',
  kiosk: 'display',
};
