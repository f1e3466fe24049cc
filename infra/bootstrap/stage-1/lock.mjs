/**
 * One installer at a time in one clone. The lock is a directory (making one is atomic everywhere) that its owner touches
 * every 2 s. It is stale when the owner's process is gone, or when nobody has touched it for 30 s: after kill -9, after a
 * power cut, or when the owner's pid means nothing here because it ran in another container.
 */
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TOUCH_MS = 2_000;
const STALE_MS = 30_000;

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function owner(lock) {
  const pid = Number(await readFile(join(lock, 'pid'), 'utf8').catch(() => '0'));
  const touched = await stat(lock).then(
    (s) => s.mtimeMs,
    () => 0,
  );
  return { pid, stale: (pid > 0 && !alive(pid)) || Date.now() - touched > STALE_MS };
}

/** Moves a stale lock away. Only one of several callers wins, and a lock that turned out to be fresh is put back. */
async function breakLock(lock) {
  const away = `${lock}.${process.pid}.${Date.now()}`;
  try {
    await rename(lock, away);
  } catch {
    return;
  }
  if ((await owner(away)).stale) await rm(away, { recursive: true, force: true });
  else await rename(away, lock).catch(() => rm(away, { recursive: true, force: true }));
}

/**
 * @template T
 * @param {string} lock path of the lock directory
 * @param {() => Promise<T>} work
 * @param {(pid: number) => void} [onWait] called once when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(lock, work, onWait = () => {}) {
  for (let waited = false; ; ) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const { pid, stale } = await owner(lock);
    if (stale) await breakLock(lock);
    else {
      if (!waited && pid > 0) {
        onWait(pid);
        waited = true;
      }
      await sleep(300);
    }
  }
  await writeFile(join(lock, 'pid'), String(process.pid));
  const timer = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => {}), TOUCH_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await rm(lock, { recursive: true, force: true });
  }
}
