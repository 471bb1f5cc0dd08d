import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { freshDatabase } from '../../test/support/database';
import type { History } from '../../test/support/histories';
import { startProgram } from '../../test/support/process';
import { recorded, RECORDED } from '../../test/support/recorded';
import { officials } from '../../test/support/small-world';
import { root } from '../../test/support/kept';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { workflowCode } from '../../test/support/workflow-code';
import { BY_HAND } from '../by-hand/activities';
import { byHandBundle } from '../by-hand/bundles';
import { startByHand } from '../by-hand/worker';
import { interleaved, type Measure, type Row, rowOf, type Setting, spread } from '../frame';
import { must, send } from '../http';
import { startLive } from '../live';
import { findings } from './decisions';

const COPIES = 60;
const STARTS = 3;

type Bundle = { codePath: string } | { code: string };

/** Milliseconds an event of a replay, without the start of the worker that replays. */
async function replayMs(workflowBundle: Bundle, workflowId: string, history: History): Promise<number> {
  const copies = Array.from({ length: COPIES }, () => ({ workflowId, history }));
  let from = 0;
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, copies)) {
    if (error) throw error;
    from ||= performance.now();
  }
  return (performance.now() - from) / (COPIES - 1) / (history.events?.length ?? 1);
}

/** The history of a job written by hand that has the same events. */
async function handJob(): Promise<History> {
  const [env, database] = await Promise.all([timeSkippingServer(), freshDatabase()]);
  const hands = await startByHand(env, database.url, await byHandBundle());
  try {
    const { workflow } = new Client({ connection: env.connection });
    await workflow.signalWithStart('handJob', {
      workflowId: 'job',
      args: ['job'],
      taskQueue: BY_HAND,
      signal: 'woken',
    });
    for (let day = 0; day < 200; day++) await env.sleep('1 day');
    const job = workflow.getHandle('job');
    await job.result();
    return await job.fetchHistory();
  } finally {
    await hands.stop();
    await env.teardown();
    await database.drop();
  }
}

async function replay(setting: Setting): Promise<Row> {
  const longest = recorded(RECORDED).toSorted(
    (a, b) => (b.history.events?.length ?? 0) - (a.history.events?.length ?? 0),
  )[0];
  if (!longest) throw new Error('no history is recorded');
  const byHand = await handJob();
  const [ours, theirs] = [await workflowCode(), await byHandBundle()];
  const rounds = await interleaved(setting, 'replay', {
    product: async () => ({ ms: await replayMs(ours, longest.workflowId, longest.history) }),
    baseline: async () => ({ ms: await replayMs(theirs, 'job', byHand) }),
  });
  return rowOf(rounds, 'ms', {
    what: `replay of ${longest.workflowId} (${longest.history.events?.length} events, by hand ${byHand.events?.length}), an event`,
    unit: 'ms',
    target: { atMost: 1.2 },
  });
}

/** Sends again while the API gives up waiting for a worker. */
async function first(work: () => Promise<{ status: number }>): Promise<void> {
  while ((await work()).status >= 300);
}

/** From the start of a worker to the end of the first task that waits for it. */
async function workerStart(setting: Setting): Promise<Row> {
  const live = await startLive();
  try {
    const token = await live.stack.tokenOf(officials.caseManager);
    const hands = await live.startByHand();
    await hands.stop();
    const people = await live.people(setting.rounds);
    const rounds = await interleaved(setting, 'start of a worker', {
      async product() {
        await live.stack.worker.halt();
        const { id } = await must('POST', `${live.stack.apiUrl}/v1/cases`, token, {
          person: people.pop(),
          consent: { by: 'person' },
        });
        const from = performance.now();
        const starting = live.stack.worker.restart();
        await first(() =>
          send('PUT', `${live.stack.apiUrl}/v1/cases/${String(id)}/assessment`, token, findings),
        );
        const ms = performance.now() - from;
        await starting;
        return { ms };
      },
      async baseline() {
        const { workflowId } = await live.client.workflow.start('emptyDecision', {
          workflowId: randomUUID(),
          taskQueue: BY_HAND,
        });
        const from = performance.now();
        const starting = live.startByHand();
        await live.client.workflow.getHandle(workflowId).executeUpdate('decide', { args: ['x'] });
        const ms = performance.now() - from;
        await (await starting).stop();
        return { ms };
      },
    });
    return rowOf(rounds, 'ms', {
      what: 'a worker’s start to its first task',
      unit: 'ms',
      target: { atMost: 1.2 },
    });
  } finally {
    await live.close();
  }
}

/** `npm start` where everything is set up, until it is ready. */
async function npmStart({ progress }: Setting): Promise<Row> {
  const folder = mkdtempSync(path.join(tmpdir(), 'yollanma-bench-'));
  const seconds: number[] = [];
  try {
    for (let start = 0; start <= STARTS; start++) {
      const from = performance.now();
      const program = await startProgram(process.execPath, [path.join(root, 'tools/start.mjs')], {
        env: { YOLLANMA_DATA: folder },
        ready: (output) => /ready/i.test(output),
      });
      // The first start makes the database and the sample data.
      if (start > 0) seconds.push((performance.now() - from) / 1000);
      progress(`npm start, ${start}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
      await program.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    what: 'npm start, set up, until it is ready',
    unit: 's',
    product: spread(seconds),
    target: { atMost: 6 },
  };
}

export const starts: Measure = {
  id: 'P9',
  title: 'Starts and replays',
  baseline: 'a job’s workflow written by hand, and a worker with it',
  run: async (setting) => ({
    rows: [await replay(setting), await workerStart(setting), await npmStart(setting)],
  }),
};
