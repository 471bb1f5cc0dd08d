import { readFileSync, statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Activities } from '../../activities';
import { officials } from '../../test/support/small-world';
import { TASK_QUEUE } from '../../workflows/messages';
import type { View } from '../../workflows/view';
import { BY_HAND } from '../by-hand/activities';
import { byHandBundle } from '../by-hand/bundles';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { devServer } from '../../test/support/dev-server';
import { bundle, workflowCode } from '../../test/support/workflow-code';
import { countRow, interleaved, load, type Measure, type Row, rowOf, type Setting } from '../frame';
import { must } from '../http';
import { startLive } from '../live';

const CACHED = 300;
const OPENED = 1000;
const KIB = 1024;
const MIB = 2 ** 20;
/** MiB of the same processes after as many cases, before they were made lighter: code 11a3670, on 2026-11-30, on this machine. */
const BEFORE = { worker: 686, api: 371 };

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

/** A row that waits for weeks. Only the workflow is weighed, so the record is not there. */
const waiting = (): Promise<View> =>
  Promise.resolve({
    state: 'assessment',
    open: true,
    next: { does: 'remind', task: '1', at: 0, inMs: 30 * 86_400_000 } as NonNullable<View['next']>,
    offset: 0,
    unsent: false,
    wakes: false,
  });

/** KiB of this process for a workflow in a worker's cache. In debug mode workflows live in the main thread, which can be weighed. */
async function heapOf(
  address: string,
  type: string,
  setting: Pick<Parameters<typeof Worker.create>[0], 'taskQueue' | 'workflowBundle' | 'activities'>,
  isThere: (started: number) => boolean,
): Promise<number> {
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const worker = await Worker.create({
    ...setting,
    connection: nativeConnection,
    maxCachedWorkflows: CACHED * 2,
    debugMode: true,
  });
  const running = worker.run();
  const start = () =>
    client.workflow.start(type, {
      workflowId: `case/${randomUUID()}`,
      args: ['case/C-1'],
      taskQueue: setting.taskQueue,
    });
  const handles = [await start()];
  const settled = async (count: number): Promise<void> => {
    while (
      worker.getStatus().numCachedWorkflows < count ||
      !isThere(count) ||
      worker.getStatus().numInFlightWorkflowActivations > 0
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await settled(1);
  const before = heap();
  await load(8, CACHED, async () => handles.push(await start()));
  await settled(CACHED + 1);
  const after = heap();
  for (const handle of handles) await handle.terminate();
  worker.shutdown();
  await running;
  await nativeConnection.close();
  await connection.close();
  return (after - before) / CACHED / KIB;
}

async function heaps(setting: Setting): Promise<Row> {
  const temporal = await devServer();
  const ours = await workflowCode();
  const theirs = await byHandBundle();
  let looked = 0;
  const rounds = await interleaved(setting, 'heap of a cached workflow', {
    async product() {
      looked = 0;
      const look = (): Promise<View> => {
        looked += 1;
        return waiting();
      };
      const activities = { look } satisfies Partial<Record<keyof Activities, unknown>>;
      const kib = await heapOf(
        temporal.address,
        'casePathway',
        { taskQueue: TASK_QUEUE, workflowBundle: ours, activities },
        (count) => looked >= count,
      );
      return { kib };
    },
    baseline: async () => ({
      kib: await heapOf(
        temporal.address,
        'empty',
        { taskQueue: BY_HAND, workflowBundle: theirs },
        () => true,
      ),
    }),
  });
  await temporal.stop();
  return rowOf(rounds, 'kib', { what: 'heap of a cached workflow', unit: 'KiB', target: { atMost: 1.22 } });
}

const residentMib = (pid: number): number => {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kib) * KIB) / MIB;
};

export const memory: Measure = {
  id: 'P4',
  title: 'What is kept in memory',
  baseline:
    'an empty workflow; the bundle of the SDK alone; the processes of code 11a3670, before they were made lighter',
  async run(setting) {
    const rows: Row[] = [await heaps(setting)];
    const size = statSync((await workflowCode()).codePath).size;
    const { code } = await bundle({ workflowsPath: path.join(__dirname, '../by-hand/empty.ts') });
    // The map of the sources is half of a bundle, and no worker reads it unless there is an error.
    const weight = (text: string): number =>
      Buffer.byteLength(text.replace(/\/\/# sourceMappingURL=.*$/s, '')) / 1000;
    const ours = readFileSync((await workflowCode()).codePath, 'utf8');
    rows.push(
      countRow(
        { what: 'bundle without its source map', unit: 'kB', target: { atMost: 1.15 } },
        weight(ours),
        weight(code),
      ),
    );
    const live = await startLive();
    try {
      const token = await live.stack.tokenOf(officials.caseManager);
      const people = await live.people(OPENED);
      setting.progress(`opening ${OPENED} cases`);
      await load(8, OPENED, (n) =>
        must('POST', `${live.stack.apiUrl}/v1/cases`, token, {
          person: people[n],
          consent: { by: 'person' },
        }),
      );
      await live.rest();
      for (const [name, { pid }] of [
        ['worker', live.stack.worker],
        ['api', live.stack.api],
      ] as const) {
        rows.push(
          countRow(
            {
              what: `RSS of the ${name} after ${OPENED} opened cases`,
              unit: 'MiB',
              target: { atMost: 0.75 },
            },
            residentMib(pid()),
            BEFORE[name],
          ),
        );
      }
    } finally {
      await live.close();
    }
    return {
      rows,
      notes: [
        `The bundle with its source map: ${Math.round(size / 1000)} kB, gzipped ${Math.round(gzipSync(ours).length / 1000)} kB`,
      ],
    };
  },
};
