import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** @returns {string | null} the path of a program on the PATH */
export function onPath(program) {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (folder && isExecutable(file)) return file;
    }
  }
  return null;
}

export function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end. If this process is stopped meanwhile, the program is stopped first.
 *
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, seconds?: number, every15s?: (elapsed: string) => void }} [options]
 *   `seconds`: the longest time; `every15s` is called with the elapsed time as m:ss
 * @returns {Promise<string>} the program's standard output
 * @throws Error with the last lines of its standard error
 */
export function run(command, args, { cwd, env = process.env, seconds, every15s } = {}) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(seconds && { timeout: seconds * 1000 }),
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
    const ticker = setInterval(() => every15s?.(minutesAndSeconds(performance.now() - began)), 15_000);
    const stop = (signal) => {
      child.kill(signal);
      done();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    const done = () => {
      clearInterval(ticker);
      process.off('SIGINT', stop).off('SIGTERM', stop);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            lastLines(errors || output, 15) || `${path.basename(command)} ended with ${code ?? signal}`,
          ),
        );
    });
  });
}

export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

export function minutesAndSeconds(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
