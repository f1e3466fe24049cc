/**
 * Why a request to a device failed. The code tells a caller retry from repair: `timeout` and `garbled` were already
 * retried, `portLost` mends itself when the port is back, `refused` will be refused again, `notConfirmed` means the
 * device took the order and reads back otherwise, `closed` is our own stop.
 */
export const DEVICE_ERROR_CODES = ['timeout', 'refused', 'portLost', 'garbled', 'closed', 'notConfirmed'] as const;
export type DeviceErrorCode = (typeof DEVICE_ERROR_CODES)[number];

export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: DeviceErrorCode;
  constructor(code: DeviceErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

export const deviceErrorCode = (error: unknown): DeviceErrorCode =>
  error instanceof DeviceError ? error.code : 'portLost';
