import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const GatewayConfig = baseConfig.extend({
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
  ANYUAN_DEMO: z.enum(['0', '1']).default('0'),
  DATABASE_URL: z.string().min(1),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  /** `127.0.0.1` unless the school's network shall reach it. */
  HOST: z.string().default('127.0.0.1'),
  /** As people type it; sign-in works from this address (and from localhost). */
  PUBLIC_URL: z.url().optional(),
  AUTH_SECRET_FILE: z.string().min(1),
  /** The built console. */
  CONSOLE_DIR: z.string().optional(),
  /** Where the kiosk and the simulator of a demo live, for the two short paths. */
  KIOSK_URL: z.string().optional(),
  SIM_URL: z.string().optional(),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
export const readGatewayConfig = (): GatewayConfig => readConfig(GatewayConfig);
