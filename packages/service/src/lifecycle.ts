/**
 * A process of its own: start, say so, stop once on a signal or when the launcher that holds our IPC channel is gone
 * (so that a killed launcher leaves no orphans). What was begun is ended within 8 s, before the launcher's patience ends.
 */
import { ConfigError } from './config.ts';
import { createLog } from './log.ts';

export interface Running {
  stop(): Promise<void>;
}

const PATIENCE_MS = 8_000;

export async function runMain(name: string, create: () => Promise<Running>): Promise<void> {
  const log = createLog(name);
  let running: Running | undefined;
  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await running?.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  process.on('disconnect', () => void stop('launcher gone'));
  process.on('unhandledRejection', (error) => log.error({ error }, 'unhandled rejection'));
  try {
    running = await create();
    log.info('ready');
  } catch (error) {
    log.error({ error }, 'could not start');
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
