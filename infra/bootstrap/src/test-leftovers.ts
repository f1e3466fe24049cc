/**
 * Ends what a test run that was cut off has left behind (database servers, browsers): exactly the processes that carry
 * this run's mark in their environment. Only Linux shows it; elsewhere they end with their user's session.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

function marked(entry: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry);
      } catch {
        return false;
      }
    })
    .map(Number);
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Gone in the meantime.
    }
  }
}

export async function endLeftovers(entry: string, patienceMs = 5_000): Promise<void> {
  signal(marked(entry), 'SIGINT');
  const deadline = Date.now() + patienceMs;
  while (marked(entry).length > 0 && Date.now() < deadline) await sleep(100);
  signal(marked(entry), 'SIGKILL');
}
