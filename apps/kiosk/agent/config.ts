import { readFileSync } from 'node:fs';
import { GateFile } from '@anyuan/contracts';
import { baseConfig, ConfigError, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const AgentConfig = baseConfig.extend({
  /** Of the guard's screen, on 127.0.0.1 only. 0 takes any free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4110),
  GATE_FILE: z.string().min(1),
  /** Folder of the journal and the kept lists. */
  AGENT_DATA: z.string().min(1),
  /** The built screen. */
  KIOSK_DIR: z.string().optional(),
  /** Folder with `list-gate.pub` and `list-pickup.pub`: whose lists this gate believes. */
  LIST_KEYS: z.string().min(1),
  /** 32 bytes in hex: what stands on this gate's disk is encrypted with it. */
  AGENT_KEY_FILE: z.string().min(1),
  /** 32 bytes in hex: turns a card's number into the hash that lists hold. */
  CARD_KEY_FILE: z.string().min(1),
  /** 32 bytes in hex: turns a person into the hashes that the watchlist holds; no other use. */
  WATCH_KEY_FILE: z.string().min(1),
  /** Older than this, a list makes every release ask for the guard's eyes. */
  LIST_LIMIT_HOURS: z.coerce.number().positive().default(24),
  ANYUAN_DEMO: z.enum(['0', '1']).default('0'),
});
export type AgentConfig = z.infer<typeof AgentConfig>;
export const readAgentConfig = (): AgentConfig => readConfig(AgentConfig);

/** @throws ConfigError naming the field, in both languages */
export function readGateFile(path: string): GateFile {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`读不了门岗文件 / can't read the gate file ${path}`, { cause });
  }
  const parsed = GateFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`);
  throw new ConfigError(`门岗文件 ${path} 有误，请改正 / correct the gate file:\n${lines.join('\n')}`);
}
