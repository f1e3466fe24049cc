/**
 * npm runs a command through a shell, and a signal sent to npm alone ends that shell and goes no further. So whoever is
 * run by npm or pnpm looks whether the shell, and npm above it, still live; when they are gone it was meant for us.
 */
import { readFileSync } from 'node:fs';

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}

/** @param {() => void} gone called once */
export function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    const now = parentOf(shell);
    // What can't be read is no proof; a dead shell shows in our own parent.
    if (process.ppid === shell && (now === undefined || now === npm)) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}
