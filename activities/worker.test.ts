import { setTimeout as sleep } from 'node:timers/promises';
import { makePinfl } from '../domain/pinfl';
import { workflowOf } from '../records/kernel/walking';
import { createYammt } from '../registers/yammt';
import { eventually } from '../test/support/eventually';
import { startSandbox } from '../test/support/sandbox';
import { freeQuestions } from '../test/support/settings';
import { temporalNamespace } from '../test/support/temporal';
import { quietTemporal, workflowCode } from '../test/support/workflow-code';
import type { View } from '../workflows/view';
import { createWorker, type Workers, type WorkerSetting } from './worker';

quietTemporal();

let temporal: Awaited<ReturnType<typeof temporalNamespace>>;
let workers: Workers;
let working: Promise<void>;
beforeEach(async () => {
  temporal = await temporalNamespace();
}, 60_000);
afterEach(async () => {
  workers.shutdown();
  await working;
  await temporal.close();
});

async function work(setting: Pick<WorkerSetting, 'activities' | 'connections' | 'questions'>): Promise<void> {
  workers = await createWorker({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    workflowBundle: await workflowCode(),
    ...setting,
  });
  working = workers.run();
}

const start = (subject: string) => temporal.client.workflow.start(...workflowOf(subject));

/** Counts how many acts run at once, and notes when each began. */
function watched() {
  const begun: number[] = [];
  let [now, most] = [0, 0];
  return {
    begun,
    now: () => now,
    most: () => most,
    async of<T>(act: () => Promise<T>): Promise<T> {
      begun.push(performance.now());
      most = Math.max(most, ++now);
      try {
        return await act();
      } finally {
        now -= 1;
      }
    },
  };
}

const rest: View = { state: 'planning', open: true, offset: 0, unsent: false, wakes: false };
const closed: View = { ...rest, state: 'no_contract', open: false };
const asking: View = {
  ...rest,
  state: 'confirming',
  question: { wait: 'contract_answer', task: '1', at: 0, inMs: 0 },
};

test('a register gets no more questions at once and a minute than its bounds, and every question comes', async () => {
  const bound = { atOnce: 3, aMinute: 600 };
  const count = 60;
  const sandbox = await startSandbox();
  await sandbox.script({ yammt: { slow: { ms: 100 } } });
  const questions = watched();
  const yammt = createYammt({
    baseUrl: `${sandbox.url}/yammt`,
    timeoutMs: 20_000,
    fetch: (...question) => questions.of(() => fetch(...question)),
  });
  await work({
    connections: 20,
    questions: { ...freeQuestions, yammt: bound },
    activities: {
      look: () => Promise.resolve(asking),
      async ask() {
        const pinfl = makePinfl('1990-05-17', 'female', '000001');
        await yammt.contract({ pinfl, stir: '301234567' });
        return closed;
      },
    },
  });
  for (let n = 0; n < count; n++) await start(`referral/R-${n}`);
  await eventually(() => Promise.resolve(questions.begun.length >= count && questions.now() === 0), {
    seconds: 90,
  });
  expect(questions.most()).toBeLessThanOrEqual(bound.atOnce);
  const [first = 0, last = 0] = [questions.begun[0], questions.begun.at(-1)];
  // The first seconds may bring the questions of two more.
  expect(last - first).toBeGreaterThan((count / (bound.aMinute / 60) - 2) * 1000);
  await sandbox.close();
}, 120_000);

test('a decision does not wait for the acts of rows by themselves, of which few run at once', async () => {
  const looks = watched();
  let isSlow = false;
  await work({
    connections: 8,
    activities: {
      look: () =>
        looks.of(async () => {
          if (isSlow) await sleep(200);
          return rest;
        }),
      'case.assessment': () => Promise.resolve({ ...rest, status: 200 }),
    },
  });
  const { workflowId } = await start('case/C-000001');
  await eventually(() => Promise.resolve(looks.begun.length === 1));
  isSlow = true;
  const others = Array.from({ length: 30 }, (_, n) => `referral/R-${n}`);
  await Promise.all(others.map(start));
  await eventually(() => Promise.resolve(looks.now() === 2));
  const handle = temporal.client.workflow.getHandle(workflowId);
  expect(await handle.executeUpdate('assessment', { args: ['1'] })).toBe(200);
  expect(looks.begun.length).toBeLessThan(others.length);
  await eventually(() => Promise.resolve(looks.begun.length === others.length + 1), { seconds: 60 });
  expect(looks.most()).toBe(2);
}, 120_000);
