import { spawn } from 'node:child_process';

/**
 * Runs Node with these arguments in place of this process: the same terminal, signals and exit code.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function runInForeground(args, env) {
  const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
  // In a terminal Ctrl-C reaches the child directly, so it is not sent twice.
  const passOn = { SIGINT: !process.stdin.isTTY, SIGTERM: true, SIGHUP: true };
  for (const [signal, isPassedOn] of Object.entries(passOn)) {
    process.on(signal, () => isPassedOn && child.kill(signal));
  }
  child.once('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15);
  });
}
