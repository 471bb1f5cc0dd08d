import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { dayOf } from '../domain/day';
import { going } from '../domain/storage';
import { type Db, openDb } from '../prisma/db';
import { configuredClock } from '../records/kernel/clock';
import { commonConfig, readEnv, settingsOf, temporalConnection } from '../records/kernel/config';
import { foresee } from '../records/pruning/batch';
import { pruneToday } from './prune-today';

/**
 * `npm run prune -- --dry-run` says what a run would remove now, and changes nothing. `npm run prune` has the workers do the run of today,
 * in place of the night of the 1st, and waits for its end.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' } } });
  const env = readEnv(commonConfig, process.env);
  const db = openDb(env.DATABASE_URL, 2);
  const now = await configuredClock(db).now();
  try {
    if (values['dry-run'] === true) return await foretell(db, now, settingsOf(env).keepDays);
    const connection = await Connection.connect(temporalConnection(env));
    await pruneToday({ db, client: new Client({ connection, namespace: env.TEMPORAL_NAMESPACE }) }, now, say);
    await connection.close();
  } finally {
    await db.$disconnect();
  }
}

async function foretell(db: Db, now: Date, keep: ReturnType<typeof settingsOf>['keepDays']): Promise<void> {
  say('a run would remove now:');
  for (const table of going) {
    const days = keep[table];
    if (days === null) {
      say(`${table}: nothing, kept as long as the record`);
      continue;
    }
    const { rows, bytes, before } = await foresee(db, table, days, dayOf(now));
    const what = table === 'commands' ? 'bodies' : 'rows';
    say(`${table}: ${rows} ${what}, ${megabytes(bytes)} MB, from before ${dayOf(before)} (${days} days)`);
  }
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

const say = (line: string): void => void process.stdout.write(`prune: ${line}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`prune: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
