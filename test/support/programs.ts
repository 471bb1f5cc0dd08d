import { execFileSync } from 'node:child_process';
import path from 'node:path';

const tool = path.resolve(__dirname, '../../tools/temporal-programs.mjs');

/** The path of a Temporal program that set-up has found or made (0.1 s). Throws with the ways to supply a missing one. */
export const temporalProgram = (which: 'cli' | 'test-server'): string =>
  execFileSync(process.execPath, [tool, 'locate', which], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
