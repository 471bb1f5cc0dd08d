import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STALE_MS = 60_000;

/**
 * Runs `work` while no other process on this file system runs it under the same lock file. If the holder of the lock has ended,
 * the lock is taken over.
 *
 * @param {string} file the lock file
 * @param {() => void} onWait called once when another process holds the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(file, onWait, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let waited = false; !take(file); waited = true) {
    if (!waited) onWait();
    await sleep(300);
  }
  const heartbeat = setInterval(() => fs.utimesSync(file, new Date(), new Date()), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    fs.rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, `${os.hostname()} ${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (holderIsGone(file)) fs.rmSync(file, { force: true });
    return false;
  }
}

function holderIsGone(file) {
  try {
    const [host, pid] = fs.readFileSync(file, 'utf8').split(' ');
    if (performance.timeOrigin + performance.now() - fs.statSync(file).mtimeMs > STALE_MS) return true;
    if (host !== os.hostname() || !pid) return false;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
