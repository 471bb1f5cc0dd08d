import type { Pool } from 'pg';
import counts from './counts.json';
import { insertByHand } from './by-hand/activities';
import { load } from './frame';
import { send } from './http';

/*
 * The parts of a command that no implementation can leave out, each measured alone: the request, the call to Temporal, and the
 * statements. Their sum is the least that the command can take on this machine.
 */

/** The acts whose statements are counted. */
export type Counted = keyof typeof counts.statements;

/** The statements of an act, with those of its request. */
export const statementsOf = (act: Counted): number =>
  Object.values<number>(counts.statements[act]).reduce((sum, count) => sum + count, 0);

/** Statements of one transaction on one connection: one INSERT, and otherwise the cheapest. BEGIN and COMMIT count. */
export const bareStatements = (pool: Pool, count: number) => async (): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await insertByHand(client, 'part', 'written');
    for (let n = 3; n < count; n++) await client.query({ name: 'cheapest', text: 'SELECT 1' });
    await client.query('COMMIT');
  } finally {
    client.release();
  }
};

/** A command that is refused for its empty body: it is signed in and read, and nothing is asked about it. */
export const refusedRequest = (apiUrl: string, token: string) => async (): Promise<void> => {
  const { status } = await send('POST', `${apiUrl}/v1/cases`, token, {}, 'part');
  if (status !== 422) throw new Error(`an empty body was answered with ${status}`);
};

/** The clients at once, and the times each part is done. */
export interface Size {
  clients: number;
  count: number;
}

export type Figures = Record<string, number>;

/** The figures of a job, by their names in a round. */
export const figuresOf = (job: string, figures: Awaited<ReturnType<typeof load>>): Figures =>
  Object.fromEntries(Object.entries(figures).map(([figure, value]) => [`${job} ${figure}`, value]));

/** Measures some parts one after another. */
export async function partsAlone(
  { clients, count }: Size,
  parts: Readonly<Record<string, (n: number) => Promise<unknown>>>,
): Promise<Figures> {
  const all: Figures = {};
  for (const [part, job] of Object.entries(parts))
    Object.assign(all, figuresOf(part, await load(clients, count, job)));
  return all;
}
