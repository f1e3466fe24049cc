/** What a gate's hardware says, in the field's words. Each event names its device and the moment. */
import type { PortState } from '@anyuan/contracts';

/** A second-generation card's text, decoded. Personal: never logged, never put in a URL. */
export interface IdDocument {
  kind: 'resident' | 'hkMacaoTaiwan' | 'foreigner2017' | 'foreigner2023';
  name: string;
  englishName?: string;
  sex: 'male' | 'female' | 'unknown';
  /** 民族 in Hanzi, by GB/T 3304. */
  nation?: string;
  /** ISO date; undefined when the card's text is no date. */
  birthDate: string | undefined;
  address?: string;
  idNumber: string;
  passNumber?: string;
  /** Three letters as the card has them. */
  nationality?: string;
  issuer?: string;
  validFrom: string | undefined;
  /** ISO date, or 长期. */
  validUntil: string | undefined;
  /** False when the check digit or the birth date inside the number does not hold (GB 11643). */
  numberHolds: boolean;
  /** WLT, 1024 opaque bytes: no open decoder exists. */
  photo: Uint8Array | undefined;
}

/**
 * Closed words for the text catalogue.
 * portLost: the path is away. noAnswer: open, but nothing answers. refused: the board lacks the function that its entry
 * asks for. moduleFault: the reader's own security module is broken or unauthorised. noLines: the path has no control
 * lines. pathTaken: another device of the gate file uses the path in a way that can't be shared. relayStuck: the board
 * took the order and its coil reads otherwise. paperLow: it prints, and the roll is near its end. paperOut, coverOpen,
 * cutterFault: what the guard can put right at a printer. printerFault: it is off line for another reason.
 */
export const DEVICE_FAULTS = [
  'portLost',
  'noAnswer',
  'refused',
  'moduleFault',
  'noLines',
  'pathTaken',
  'relayStuck',
  'paperLow',
  'paperOut',
  'coverOpen',
  'cutterFault',
  'printerFault',
] as const;
export type DeviceFault = (typeof DEVICE_FAULTS)[number];

/** An event before the hardware stamps it with device and time. */
export type DeviceNews =
  /** `receivedAt`: monotonic time of the last byte, so that the agent can measure byte to verdict. */
  | { type: 'document'; document: IdDocument; receivedAt: number }
  | { type: 'documentUnreadable'; reason: 'unsupported' | 'unreadable' }
  | { type: 'reading' }
  | { type: 'documentGone' }
  | { type: 'card'; number: string; receivedAt: number }
  | { type: 'cardGone' }
  | { type: 'code'; text: string }
  | { type: 'pressed' }
  | { type: 'released' }
  | { type: 'stuck' }
  | { type: 'cutWire' }
  | { type: 'wireOk' }
  | { type: 'port'; state: PortState; fault?: DeviceFault }
  /** `closed`: what the coil read back last. */
  | { type: 'relay'; closed: boolean; confirmed: boolean; fault?: DeviceFault };

export type DeviceEvent = DeviceNews & { device: string; at: number };
