import type { Client } from '@temporalio/client';
import { Pool } from 'pg';
import type { Settings } from '../domain/settings';
import { makePinfl } from '../domain/pinfl';
import { nextNumber } from '../records/kernel/numbers';
import { systemClock } from '../records/kernel/clock';
import { eventually } from '../test/support/eventually';
import { type Program, startProgram } from '../test/support/process';
import { officials } from '../test/support/small-world';
import { type Stack, startCluster, startStack } from '../test/support/stack';
import { prepareByHand } from './by-hand/activities';
import { load, type Server } from './frame';
import { recommendation } from '../test/support/bench';
import { byHandBundle, byHandProgram } from './by-hand/bundles';

/** The product's processes as in production, and beside them the same servers for programs written by hand. */
export interface Live {
  stack: Stack;
  client: Client;
  pool: Pool;
  /** Starts the worker of the workflows written by hand. */
  startByHand(): Promise<Program>;
  /** Enters people of the mahalla, who may have TIEK's recommendation. Returns their numbers. */
  people(count: number, recommended?: 'recommended'): Promise<string[]>;
  /** Waits until the product's rows are at rest. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param begins a first instant of the service's clock, which is the machine's clock without it
 * @param settings the product's, in place of its defaults
 */
export async function startLive({
  begins,
  server = 'dev',
  settings = {},
}: { begins?: string; server?: Server; settings?: Partial<Settings> } = {}): Promise<Live> {
  const start = server === 'dev' ? startStack : startCluster;
  const stack: Stack = await start({
    begins: begins ?? (await systemClock.now()).toISOString(),
    asInProduction: true,
    clock: begins === undefined ? 'system' : 'stepping',
    settings,
  });
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 40 });
  await prepareByHand(pool);
  const hands: Program[] = [];
  let known = 0;
  return {
    stack,
    client: stack.client,
    pool,

    async startByHand() {
      const { codePath } = await byHandBundle();
      const program = await startProgram(process.execPath, [await byHandProgram()], {
        env: {
          TEMPORAL_ADDRESS: stack.temporal.address,
          DATABASE_URL: stack.databaseUrl,
          WORKFLOW_BUNDLE: codePath,
        },
        ready: (output) => output.includes('"ready"'),
      });
      hands.push(program);
      return program;
    },

    async people(count, recommended) {
      const ids: string[] = [];
      const createdAt = await stack.clock.now();
      for (let n = 0; n < count; n++) ids.push(await nextNumber(stack.db, 'person'));
      const pinfls = ids.map(() => makePinfl('1985-04-12', 'male', String(++known).padStart(6, '0')));
      if (recommended)
        await load(8, count, (n) =>
          stack.register({ tiek: { knows: { pinfl: pinfls[n] ?? '', ...recommendation } } }),
        );
      await stack.db.person.createMany({
        data: ids.map((id, n) => ({
          id,
          pinfl: pinfls[n] ?? '',
          name: `Person ${id}`,
          birth: '1985-04-12',
          sex: 'male',
          mahalla: officials.caseManager.area,
          skills: ['sewing'],
          createdAt,
        })),
      });
      return ids;
    },

    rest: async () =>
      void (await eventually(
        async () => {
          const { rows } = await pool.query<{ left: number }>(
            `SELECT ((SELECT count(*) FROM outbox) + (SELECT count(*) FROM tasks WHERE closed_at IS NULL AND next_at <= $1 AND attempts = 0))::int AS left`,
            [await stack.clock.now()],
          );
          return rows[0]?.left === 0;
        },
        { seconds: 300, everyMs: 200 },
      )),

    async close() {
      for (const program of hands) await program.stop();
      await pool.end();
      await stack.close();
    },
  };
}
