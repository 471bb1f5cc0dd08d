import { execFileSync } from 'node:child_process';
import path from 'node:path';

const tool = path.resolve(__dirname, '../../tools/temporal-programs.mjs');

/** The path of a Temporal program that set-up has found or made (0.1 s). Throws with the ways to supply a missing one. */
export const temporalProgram = (which: 'cli' | 'test-server' | 'cluster-server' | 'sql-tool'): string =>
  execFileSync(process.execPath, [tool, 'locate', which], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

/** Whether set-up has found or made the programs of a cluster before. Go builds them; it is not needed for tests. */
export function hasClusterPrograms(): boolean {
  try {
    return Boolean(temporalProgram('cluster-server') && temporalProgram('sql-tool'));
  } catch {
    return false;
  }
}
