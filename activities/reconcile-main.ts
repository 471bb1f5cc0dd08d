import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { openDb } from '../prisma/db';
import { commonConfig, readEnv, temporalConnection } from '../records/kernel/config';
import type { RowKind } from '../domain/pathways';
import { rowKinds } from '../records/kernel/kinds';
import { reconcile } from './reconcile';
import { type Restart, restart } from './restart';

const PER_SECOND = 20;

/**
 * `npm run reconcile`: brings every workflow in step with the record, once. Safe at any time, and as often as one likes.
 * `npm run reconcile -- --restart <kind> [--per-second <n>] [--after <workflow id>]`: ends and begins again the workflows of a
 * kind of row, after a change of their code.
 */
async function main(): Promise<void> {
  const wanted = restartOf(process.argv.slice(2));
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

/** @throws Error for a kind or a number that is none */
function restartOf(args: string[]): Restart | undefined {
  const { values } = parseArgs({
    args,
    options: { restart: { type: 'string' }, 'per-second': { type: 'string' }, after: { type: 'string' } },
  });
  const { restart: kind, after } = values;
  if (kind === undefined) return undefined;
  if (!(rowKinds as string[]).includes(kind))
    throw new Error(`there is no kind ${kind}: it is one of ${rowKinds.join(', ')}`);
  const perSecond = Number(values['per-second'] ?? PER_SECOND);
  if (!Number.isInteger(perSecond) || perSecond < 1)
    throw new Error('--per-second takes a whole number from 1');
  return { kind: kind as RowKind, perSecond, ...(after !== undefined && { after }) };
}

const say = (line: string): void => void process.stdout.write(`reconcile: ${line}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`reconcile: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
