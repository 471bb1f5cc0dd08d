import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client as Temporal } from '@temporalio/client';
import { Client } from 'pg';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { freshDatabase } from '../../test/support/database';
import { root } from '../../test/support/kept';
import { prepareGround } from '../../tools/simulator/ground';
import { playProgramme } from '../../tools/simulator/programme/play';
import { BY_HAND } from '../by-hand/activities';
import { byHandBundle } from '../by-hand/bundles';
import { startByHand } from '../by-hand/worker';
import { exact, interleaved, type Measure, rowOf } from '../frame';

const DAYS = 365;
const DAY_MS = 86_400_000;
/** As the programme: some servers at once, and so many executions on each. */
const LANES = 2;
const TOGETHER = 400;

/** Plays a share of the programme. Returns its minutes, the people and the waits that they had. */
async function play(share: number): Promise<{ minutes: number; people: number; waits: number }> {
  const ground = await prepareGround();
  let people = 0;
  let waits = 0;
  const counting = {
    ...ground,
    async freshDatabase() {
      const database = await ground.freshDatabase();
      const drop = async (): Promise<void> => {
        const client = new Client({ connectionString: database.url });
        await client.connect();
        const { rows } = await client.query<{ people: number; waits: number }>(
          'SELECT (SELECT count(*)::int FROM cases) AS people, (SELECT count(*)::int FROM tasks) AS waits',
        );
        await client.end();
        ({ people, waits } = rows[0] ?? { people, waits });
        await database.drop();
      };
      return { url: database.url, drop };
    },
  };
  const from = performance.now();
  try {
    const table = path.join(root, 'prisma/data/programme-2023.csv');
    await playProgramme(counting, { table, share }, () => undefined);
    return { minutes: (performance.now() - from) / 60_000, people, waits };
  } finally {
    await ground.stop();
  }
}

/** The same number of executions and of timers, each with one local activity, spread over the year. Returns the minutes. */
async function timers(people: number, waits: number): Promise<number> {
  const each = Math.ceil(waits / people);
  const lengths = Array.from({ length: each }, () => Math.floor((DAYS * DAY_MS) / (each + 1)));
  const batches = Array.from({ length: Math.ceil(people / TOGETHER) }, (_, n) =>
    Math.min(TOGETHER, people - n * TOGETHER),
  );
  const from = performance.now();
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let size = batches.pop(); size !== undefined; size = batches.pop()) {
        const [env, database] = await Promise.all([timeSkippingServer(), freshDatabase()]);
        const hands = await startByHand(env, database.url, await byHandBundle());
        const client = new Temporal({ connection: env.connection });
        for (let n = 0; n < size; n++)
          await client.workflow.start('bareTimers', {
            workflowId: randomUUID(),
            args: [lengths],
            taskQueue: BY_HAND,
          });
        for (let day = 0; day < DAYS; day++) await env.sleep('1 day');
        await hands.stop();
        await env.teardown();
        await database.drop();
      }
    }),
  );
  return (performance.now() - from) / 60_000;
}

export const programme: Measure = {
  id: 'P6',
  title: 'The programme of 2023 on the time-skipping server',
  baseline: 'as many executions, with as many bare timers and one local activity each',
  async run(setting) {
    let played = { minutes: 0, people: 0, waits: 0 };
    const rounds = await interleaved(setting, `a share of ${setting.share}`, {
      async product() {
        played = await play(setting.share);
        return { minutes: played.minutes };
      },
      baseline: async () => ({ minutes: await timers(played.people, played.waits) }),
    });
    return {
      rows: [
        rowOf(rounds, 'minutes', {
          what: `the year with ${played.people} people`,
          unit: 'minutes',
          target: { atMost: 3 },
        }),
        { what: 'waits of the year', unit: 'waits', product: exact(played.waits) },
      ],
    };
  },
};
