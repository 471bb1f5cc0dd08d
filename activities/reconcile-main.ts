import { Client, Connection } from '@temporalio/client';
import { openDb } from '../prisma/db';
import { commonConfig, readEnv, temporalConnection } from '../records/config';
import { reconcile } from './reconcile';

/** `npm run reconcile`: brings every workflow in step with the record, once. Safe at any time, and as often as one likes. */
async function main(): Promise<void> {
  const env = readEnv(commonConfig, process.env);
  const db = openDb(env.DATABASE_URL, 2);
  const connection = await Connection.connect(temporalConnection(env));
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE });
  const { begun, woken, closedTold } = await reconcile({ records: { db }, client }, say);
  say(`${begun} begun, ${woken} woken, ${closedTold} told that their row is closed`);
  await connection.close();
  await db.$disconnect();
}

const say = (line: string): void => void process.stdout.write(`reconcile: ${line}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`reconcile: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
