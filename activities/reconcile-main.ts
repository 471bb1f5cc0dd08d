import { Client, Connection } from '@temporalio/client';
import { openDb } from '../prisma/db';
import { commonConfig, readEnv, temporalConnection } from '../records/kernel/config';
import { reconcile } from './reconcile';
import { readRestart, restart } from './restart';

/**
 * `npm run reconcile` brings every workflow in step with the record, once. It is safe at any time and may be repeated.
 * `npm run reconcile -- --restart <kind> [--per-second <n>] [--after <workflow id>]` ends the workflows of a kind of row and
 * begins them again, after a change of their code.
 */
async function main(): Promise<void> {
  const wanted = readRestart(process.argv.slice(2));
  const env = readEnv(commonConfig, process.env);
  const db = openDb(env.DATABASE_URL, 2);
  const connection = await Connection.connect(temporalConnection(env));
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE });
  const outside = { records: { db }, client };
  if (wanted) {
    const done = await restart(outside, wanted, (last, n, all) =>
      say(`${n} of ${all}; to go on: --after ${last}`),
    );
    say(`${done} begun again`);
  } else {
    const { begun, woken, closedTold } = await reconcile(outside, say);
    say(`${begun} begun, ${woken} woken, ${closedTold} told that their row is closed`);
  }
  await connection.close();
  await db.$disconnect();
}

const say = (line: string): void => void process.stdout.write(`reconcile: ${line}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`reconcile: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
