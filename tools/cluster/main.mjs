/**
 * `npm run cluster [-- --reset]` runs the service as a cluster on one machine, until Ctrl-C.
 * `npm run cluster -- restart` restarts each worker and each API of a cluster of its own while people work.
 * With `--temporal-server <path> --temporal-sql-tool <path>` it uses these programs, and Go is not needed.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runInForeground } from '../foreground.mjs';
import { root, setUp, typescript } from '../setup.mjs';

const USAGE =
  'usage: npm run cluster [-- restart | --reset] [--temporal-server <path> --temporal-sql-tool <path>]';
/** The variable of each option that names a program. */
const PROGRAMS = { 'temporal-server': 'TEMPORAL_SERVER', 'temporal-sql-tool': 'TEMPORAL_SQL_TOOL' };

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'temporal-server': { type: 'string' },
      'temporal-sql-tool': { type: 'string' },
      reset: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  for (const [option, variable] of Object.entries(PROGRAMS)) {
    if (values[option]) process.env[variable] = path.resolve(values[option]);
  }
  if (values.help) console.log(USAGE);
  else if (positionals.length === 0) await runUntilCtrlC(values.reset);
  else if (positionals.join() === 'restart') await restart();
  else throw new Error(`${positionals.join(' ')} is not known\n${USAGE}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function runUntilCtrlC(reset) {
  process.argv = [...process.argv.slice(0, 2), '--cluster', ...(reset ? ['--reset'] : [])];
  await import('../start.mjs');
}

async function restart() {
  const { server } = await setUp({ server: true, cluster: true, useAddress: false });
  runInForeground([...typescript, path.join(root, 'tools/cluster/restart.ts')], {
    ...process.env,
    TZ: 'UTC',
    TEMPORAL_CLI: server.path,
  });
}
