import { Client, type Connection } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { Pool } from 'pg';
import { BY_HAND, createActivities, prepareByHand } from './activities';

/** A worker of the workflows written by hand, in this process, with their table in a database. */
export async function startByHand(
  { connection, nativeConnection }: { connection: Connection; nativeConnection: NativeConnection },
  url: string,
  workflowBundle: { codePath: string },
) {
  const pool = new Pool({ connectionString: url, max: 10 });
  await prepareByHand(pool);
  const client = new Client({ connection });
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue: BY_HAND,
    workflowBundle,
    activities: createActivities(pool, client),
  });
  const running = worker.run();
  return {
    client,
    pool,
    async stop(): Promise<void> {
      worker.shutdown();
      await running;
      await pool.end();
    },
  };
}
