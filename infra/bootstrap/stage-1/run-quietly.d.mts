export function cleanEnv(extra?: Record<string, string | undefined>): Record<string, string | undefined>;
export function runQuietly(
  command: string,
  args: string[],
  options?: { cwd?: string; env?: Record<string, string | undefined>; shell?: boolean; signal?: AbortSignal },
): Promise<{ code: number; output: string }>;
export function lastLines(text: string, count?: number): string;
