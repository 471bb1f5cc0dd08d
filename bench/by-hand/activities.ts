import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';

export const BY_HAND = 'by-hand';

/** Another row to begin, or to wake. */
export type Other = { begin: string; id: string; args: string[] } | { wake: string };

export const prepareByHand = (pool: Pool): Promise<unknown> =>
  pool.query(
    'CREATE TABLE IF NOT EXISTS by_hand (id bigserial PRIMARY KEY, row text NOT NULL, said text NOT NULL)',
  );

/** One INSERT, as each baseline does it. */
export const insertByHand = (pool: Pick<Pool, 'query'>, row: string, said: string): Promise<unknown> =>
  pool.query({
    name: 'by-hand',
    text: 'INSERT INTO by_hand (row, said) VALUES ($1, $2) RETURNING id',
    values: [row, said],
  });

/** The activities of the workflows written by hand. */
export function createActivities(pool: Pool, client: Client) {
  const reach = (other: Other): Promise<unknown> =>
    'wake' in other
      ? client.workflow.getHandle(other.wake).signal('woken')
      : client.workflow.start(other.begin, { workflowId: other.id, args: other.args, taskQueue: BY_HAND });

  const write = async (row: string, said: string, others: readonly Other[] = []): Promise<void> => {
    await insertByHand(pool, row, said);
    for (const other of others) await reach(other);
  };

  return {
    nothing: (): Promise<void> => Promise.resolve(),
    /** A decision, or a wait that passed. */
    write,
    /** A call to another system, and its answer. */
    call: write,
  };
}
