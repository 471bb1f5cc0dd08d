/** A note in the data folder lists its processes. Two starts then do not clash, and the next start stops the rest of a killed one. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Claims the data folder. Stops the processes that a killed launcher left.
 *
 * @param {string} file the note
 * @param {(line: string) => void} log
 * @returns {Promise<{ add(pid: number): void, tell(addresses: Record<string, string>): void, release(): void }>}
 * @throws Error if another launcher is running there
 */
export async function claim(file, log) {
  const earlier = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
  if (earlier && isThat(earlier.launcher)) {
    throw new Error(`It is already running here (process ${earlier.launcher.pid}); stop that one first.`);
  }
  const leftovers = (earlier?.services ?? []).toReversed().filter(isThat);
  if (leftovers.length > 0) log(`stopping ${leftovers.length} processes that an earlier run left behind`);
  for (const leftover of leftovers) await stop(leftover);

  const note = { launcher: identified(process.pid), services: [] };
  const write = () => fs.writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
  write();
  return {
    add(pid) {
      note.services.push(identified(pid));
      write();
    },
    tell(addresses) {
      note.addresses = addresses;
      write();
    },
    release: () => fs.rmSync(file, { force: true }),
  };
}

/** The addresses of the running servers, as environment variables for the other commands. Empty if no launcher runs. */
export function addressesOf(file) {
  const note = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
  return note && isThat(note.launcher) ? (note.addresses ?? {}) : {};
}

/** A process number may be used again. So the note has the start of the process too, if the system tells it. */
const identified = (pid) => ({ pid, began: beginOf(pid) });

function beginOf(pid) {
  try {
    const afterName = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return afterName[0] === 'Z' ? 'ended' : afterName[19];
  } catch {
    return null;
  }
}

function isThat({ pid, began }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return beginOf(pid) === began;
}

async function stop(leftover) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    try {
      process.kill(-leftover.pid, signal);
    } catch {
      return;
    }
    for (let i = 0; i < 50 && isThat(leftover); i += 1) await sleep(100);
    if (!isThat(leftover)) return;
  }
}
