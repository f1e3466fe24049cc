/** A pid alone is reused by the system; together with the moment of its birth it names one process for good. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Null when there is no such process. */
export function identityOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in brackets may hold blanks; state and start time are counted from behind it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return null;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
    }
    if (process.platform === 'win32') return process.kill(pid, 0) ? 'alive' : null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export interface ProcessMark {
  pid: number;
  identity: string;
}

export const markOf = (pid: number): ProcessMark => ({ pid, identity: identityOf(pid) ?? '' });
export const lives = ({ pid, identity }: ProcessMark): boolean => identity !== '' && identityOf(pid) === identity;
