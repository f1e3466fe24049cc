/** Run by the launcher before the services start: the demo school's people, families, devices and log-ins. */
import { importUsers, openAuth } from '@anyuan/gateway';
import { readConfig } from '@anyuan/service';
import { z } from 'zod';
import { demoUsers, seedServices } from './demo-school.ts';

const config = readConfig(
  z.object({
    DATABASE_URL_IDENTITY: z.string(),
    DATABASE_URL_GATE: z.string(),
    DATABASE_URL_PICKUP: z.string(),
    DATABASE_URL_ALARM: z.string(),
    DATABASE_URL_DRILLS: z.string(),
    DATABASE_URL_LEDGER: z.string(),
    DATABASE_URL_TRAINING: z.string(),
    ANYUAN_KEYS: z.string(),
    ANYUAN_DEMO_TERM: z.enum(['0', '1']),
    AUTH_SECRET_FILE: z.string(),
    PUBLIC_URL: z.string(),
  }),
);

await seedServices({
  urls: {
    gate: config.DATABASE_URL_GATE,
    pickup: config.DATABASE_URL_PICKUP,
    alarm: config.DATABASE_URL_ALARM,
    drills: config.DATABASE_URL_DRILLS,
    ledger: config.DATABASE_URL_LEDGER,
    training: config.DATABASE_URL_TRAINING,
  },
  keys: config.ANYUAN_KEYS,
  term: config.ANYUAN_DEMO_TERM === '1',
});
const { auth, close } = openAuth({
  databaseUrl: config.DATABASE_URL_IDENTITY,
  secretFile: config.AUTH_SECRET_FILE,
  publicUrl: config.PUBLIC_URL,
});
await importUsers(auth, demoUsers);
await close();
