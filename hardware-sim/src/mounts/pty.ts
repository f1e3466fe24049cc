/**
 * A pseudo-terminal under a stable symlink. util-linux `script` owns the terminal: it gives its child a tty, and its own
 * stdin and stdout are the device's end. Killing it hangs up the line for whoever has it open, which is a pulled plug.
 *
 * The child waits for this process (`tail --pid`), so a killed simulator leaves no terminals behind. Where `script` is
 * missing or another one, `plug` fails and the caller mounts on TCP.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { rename, rm, symlink } from 'node:fs/promises';
import type { Line } from '../line.ts';
import type { Mount } from './mount.ts';

const START_MS = 5000;
/** Bytes that may wait for a host that does not read; a UART would have lost them long before. */
const MOST_WAITING = 4096;
const CHILD = `stty raw -echo; tty; exec tail --pid=${process.pid} -f /dev/null`;

export function ptyMount(line: Line, link: string): Mount {
  let script: ChildProcessWithoutNullStreams | undefined;

  const unplug = async (): Promise<void> => {
    line.connect(undefined);
    await rm(link, { force: true });
    const old = script;
    script = undefined;
    if (old === undefined || old.exitCode !== null || old.signalCode !== null) return;
    // SIGTERM makes `script` wait for its child; the line must be dead at once.
    const gone = new Promise<void>((resolve) => old.once('close', () => resolve()));
    old.kill('SIGKILL');
    await gone;
  };

  return {
    path: link,
    get plugged() {
      return script !== undefined;
    },
    unplug,
    async plug() {
      await unplug();
      const child = spawn('script', ['-qefc', CHILD, '/dev/null'], {
        stdio: 'pipe',
        detached: true,
        env: { PATH: process.env.PATH ?? '', SHELL: '/bin/sh' },
      });
      child.stdin.on('error', () => {});
      const tty = await firstLine(child, (bytes) => line.receive(bytes));
      script = child;
      child.once('close', () => {
        if (script === child) unplug().catch(() => {});
      });
      line.connect((bytes) => {
        if (child.stdin.writableLength < MOST_WAITING) child.stdin.write(bytes);
      });
      await symlink(tty, `${link}.new`);
      await rename(`${link}.new`, link);
    },
  };
}

/** The child prints the terminal's name once it is raw; all that follows comes from the host. */
function firstLine(child: ChildProcessWithoutNullStreams, traffic: (bytes: Buffer) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error('no pseudo-terminal: util-linux `script` did not give one', { cause }));
    };
    const timer = setTimeout(() => fail('no answer'), START_MS);
    child.once('error', fail);
    child.once('close', fail);
    child.stderr.resume();
    const onFirst = (bytes: Buffer): void => {
      heard = Buffer.concat([heard, bytes]);
      const end = heard.indexOf(0x0a);
      if (end < 0) return;
      const name = heard.toString('utf8', 0, end).trim();
      child.stdout.off('data', onFirst);
      if (!name.startsWith('/dev/')) {
        fail(name);
        return;
      }
      clearTimeout(timer);
      child.off('close', fail);
      child.stdout.on('data', traffic);
      if (heard.length > end + 1) traffic(heard.subarray(end + 1));
      resolve(name);
    };
    child.stdout.on('data', onFirst);
  });
}
