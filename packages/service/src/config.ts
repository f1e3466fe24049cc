/** Settings come from the environment, are read once, and a wrong one is named in both languages before anything starts. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What every process of a school is told. */
export const baseConfig = z.object({
  ANYUAN_SCHOOL: z.string().regex(/^[a-z0-9-]+$/),
  NATS_URL: z.string().min(1),
  NATS_CREDS: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function readConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`);
  throw new ConfigError(`设置有误，请改正下列环境变量 / wrong settings, correct these variables:\n${lines.join('\n')}`);
}

/** A key or PEM from a file outside the database. */
export function readSecret(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError(`读不到密钥文件 / can't read the key file ${path}`, { cause });
  }
}
