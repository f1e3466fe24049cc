/** Runs a program, keeps what it says, and shows the end of it only when it fails. */
import { spawn } from 'node:child_process';

/** Variables that `npm start` and `pnpm start` set about themselves and that confuse an npm or pnpm below them. */
const FOREIGN =
  /^(npm_(package|lifecycle|command|node|config_(local_prefix|global_prefix|prefix|node_gyp|argv|user_agent))|pnpm_|INIT_CWD$)/i;

export function cleanEnv(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, shell?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program is missing
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: error.code === 'ENOENT' ? 127 : 126, output: String(error.message) }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

export const lastLines = (text, count = 12) =>
  text
    .trim()
    .split(/\r?\n/)
    .slice(-count)
    .map((line) => `    ${line}`)
    .join('\n');
