/** A gate's hardware, one JSON file: a real reader in place of a simulated one is a change of `path`. */
import { z } from 'zod';
import { Action, IncidentKind } from './alarm.ts';
import { ClockTime, Token } from './ids.ts';

/** `/dev/ttyUSB0`, `COM3`, a pseudo-terminal, or `tcp://host:port` of a serial server. */
const Path = z
  .string()
  .min(1)
  .refine((p) => !p.startsWith('tcp:') || /^tcp:\/\/[^/:]+:\d{1,5}$/.test(p), 'tcp://host:port');

const port = { id: Token, path: Path, name: z.string().max(100).optional(), zone: z.string().max(64).optional() };
const baud = (rate: number) => z.number().int().positive().default(rate);

export const SdtDevice = z.object({
  ...port,
  driver: z.literal('sdt'),
  baudRate: baud(115200),
  /** Time between two looks for a card, ms. Field practice: 300–2000. */
  pollMs: z.number().int().min(50).max(5000).default(300),
});

export const Rdm6300Device = z.object({
  ...port,
  driver: z.literal('rdm6300'),
  baudRate: baud(9600),
  /** Silence after which the same card counts as a new tap, ms. A card that stays repeats about every 50–65 ms. */
  idleMs: z.number().int().min(100).max(10_000).default(500),
});

export const QrScannerDevice = z.object({ ...port, driver: z.literal('qr-scanner'), baudRate: baud(9600) });

export const ModbusRelayDevice = z.object({
  ...port,
  driver: z.literal('modbus-relay'),
  baudRate: baud(9600),
  /** Modbus slave address. */
  address: z.number().int().min(1).max(255).default(1),
  /** Relay number, from 0. */
  coil: z.number().int().min(0).max(31).default(0),
  /** What hangs on the relay. Left out, the id's beginning tells (siren-1, strobe-1, door-1), else a siren. */
  role: z.enum(['siren', 'strobe', 'door']).optional(),
  /** Length of a door pulse, ms, in steps of 100. */
  pulseMs: z.number().int().min(100).max(60_000).default(700),
});

export const PanicButtonDevice = z.object({
  ...port,
  driver: z.literal('panic-button'),
  baudRate: baud(9600),
  contact: z.discriminatedUnion('kind', [
    /** Two contacts on control lines: CTS closes when pressed, DSR opens. Both open: the wire is cut. */
    z.object({ kind: z.literal('line') }),
    /** Discrete inputs of a Modbus board: `pressed` closes, `idle` opens. Without `idle` a cut wire can't be seen. */
    z.object({
      kind: z.literal('modbus'),
      address: z.number().int().min(1).max(255).default(1),
      pressed: z.number().int().min(0).max(31),
      idle: z.number().int().min(0).max(31).optional(),
    }),
  ]),
  /** A contact must hold this long to count, ms. */
  debounceMs: z.number().int().min(0).max(1000).default(40),
  /** Held longer than this, ms: shown as stuck. */
  stuckMs: z.number().int().min(1000).default(10_000),
});

/** Which Hanzi a printer's own font has. `gb18030`: it declares the four-byte ones too. */
export const CodePage = z.enum(['gb2312', 'gbk', 'gb18030']);
export type CodePage = z.infer<typeof CodePage>;

/** A receipt printer for visitors' badges (G2). */
export const EscPosDevice = z.object({
  ...port,
  driver: z.literal('escpos'),
  baudRate: baud(9600),
  /** Of the paper, mm: 32 or 48 half-width characters a line. */
  width: z.union([z.literal(58), z.literal(80)]).default(80),
  codePage: CodePage.default('gbk'),
});

export const GateDevice = z.discriminatedUnion('driver', [
  SdtDevice,
  Rdm6300Device,
  QrScannerDevice,
  ModbusRelayDevice,
  PanicButtonDevice,
  EscPosDevice,
]);
export type GateDevice = z.infer<typeof GateDevice>;

export const GateFile = z
  .object({
    gate: Token,
    /** 东门 / East Gate, as the band of the kiosk shows it. */
    name: z.string().min(1).max(40).default('校门'),
    nameEn: z.string().max(40).default('Gate'),
    /** One Hanzi for the roundel. */
    mark: z.string().min(1).max(2).default('门'),
    /** First letter of visit numbers. */
    letter: z
      .string()
      .regex(/^[A-Z]$/)
      .default('G'),
    zone: z.string().max(64).default('gate'),
    /** When this gate is busiest (高峰). Without a dismissal the pickup list's own hours of the day are taken. */
    peaks: z
      .array(
        z.object({
          kind: z.enum(['arrival', 'dismissal']),
          days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5]),
          from: ClockTime,
          to: ClockTime,
        }),
      )
      .max(8)
      .default([{ kind: 'arrival', days: [1, 2, 3, 4, 5], from: '07:20', to: '08:10' }]),
    /** From dusk to dawn the screen is dark, unless the guard chose otherwise. */
    night: z.object({ from: ClockTime, to: ClockTime }).default({ from: '18:30', to: '06:30' }),
    /** What one press means here. */
    alarm: z.object({ kind: IncidentKind, action: Action }).default({ kind: 'intrusion', action: 'lockdown' }),
    devices: z.array(GateDevice).max(32),
  })
  .refine((g) => new Set(g.devices.map((d) => d.id)).size === g.devices.length, 'device ids must differ');
export type GateFile = z.infer<typeof GateFile>;

/** Name of a gate's own device on the bus: `main` + `siren-1` → `main-siren-1`. */
export const busDevice = (gate: string, id: string): string => `${gate}-${id}`;
/** The gate's own computer, beside its devices. No device of a gate file may have this id. */
export const gateItself = (gate: string): string => busDevice(gate, 'kiosk');
export const relayRole = (d: z.infer<typeof ModbusRelayDevice>): 'siren' | 'strobe' | 'door' =>
  d.role ?? (/^(door|lock)/.test(d.id) ? 'door' : d.id.startsWith('strobe') ? 'strobe' : 'siren');
