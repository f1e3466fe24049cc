/** Bytes to device events, and orders to devices. See README.md. */
export { type Clock, systemClock } from './clock.ts';
export { DEVICE_ERROR_CODES, DeviceError, type DeviceErrorCode } from './device-error.ts';
export {
  DEVICE_FAULTS,
  type DeviceEvent,
  type DeviceFault,
  type DeviceNews,
  type IdDocument,
} from './device-events.ts';
export type { Counters, Printer, Relay, RelayResult } from './driver.ts';
// The wire's own rules, for whoever plays the device.
export { encodeCard } from './drivers/card-reader/frame.ts';
export type { PrintResult } from './drivers/escpos-printer/conversation.ts';
export type { Block, Size } from './drivers/escpos-printer/encode.ts';
export { encodeFrame as encodeSdtFrame, SdtFramer } from './drivers/id-reader/frame.ts';
export { idCheckDigit, idNumberHolds } from './drivers/id-reader/id-number.ts';
export { encodeReply as encodeSdtReply, SW3 } from './drivers/id-reader/message.ts';
export { nations } from './drivers/id-reader/nations.ts';
export {
  type DocumentLayout,
  encodeText,
  layouts,
  type TextField,
  type TextFields,
} from './drivers/id-reader/text-block.ts';
export type { Framed, Framer } from './framing.ts';
export {
  type DeviceLog,
  type Hardware,
  type HardwareOptions,
  openHardware,
  openTransport,
  type PortStatus,
} from './hardware.ts';
export { crc16, withCrc } from './modbus/rtu.ts';
export type { ControlLines, OpenTransport, Transport, TransportEvents, TransportSpec } from './transport/transport.ts';
