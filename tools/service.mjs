import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from './processes.mjs';

/** The longest time until a program ends after a request to stop, and until it is ready on a slow machine. */
const ENDS_WITHIN_MS = 15_000;
const READY_WITHIN_S = 120;

/**
 * Starts a program that runs until it is stopped. It has a process group of its own, so Ctrl-C in the terminal does not reach it. Its
 * output goes to a file.
 *
 * @param {{ name: string, command: string, args: string[], env: NodeJS.ProcessEnv, cwd: string, logFile: string }} what
 */
export function startService({ name, command, args, env, cwd, logFile }) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const output = fs.openSync(logFile, 'w');
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
  fs.closeSync(output);
  const exited = new Promise((resolve) => {
    child.once('exit', resolve).once('error', resolve);
  });
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const signal = (signalName) => {
    try {
      if (child.pid) process.kill(-child.pid, signalName);
    } catch {
      // the group has ended
    }
  };
  const lastWords = () => lastLines(fs.readFileSync(logFile, 'utf8'), 15);
  return {
    name,
    pid: child.pid,
    logFile,
    exited,
    /** Waits until `isReady` returns true. It is called ten times a second. */
    async ready(isReady) {
      const deadline = performance.now() + READY_WITHIN_S * 1000;
      while (!(await isReady())) {
        if (!isRunning())
          throw new Error(`${name} ended while starting. Its last words (${logFile}):\n${lastWords()}`);
        if (performance.now() > deadline) {
          throw new Error(
            `${name} is not ready after ${READY_WITHIN_S} s. Its last words (${logFile}):\n${lastWords()}`,
          );
        }
        await sleep(100);
      }
    },
    lastWords,
    async stop() {
      if (isRunning()) child.kill('SIGTERM');
      await Promise.race([exited, sleep(ENDS_WITHIN_MS, undefined, { ref: false })]);
      signal('SIGKILL'); // for processes that the program left
      await exited;
    },
    kill: () => signal('SIGKILL'),
  };
}

/** @returns {Promise<boolean>} whether an HTTP address answers 200 within two seconds */
export const answers200 = (url) =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.status === 200,
    () => false,
  );
