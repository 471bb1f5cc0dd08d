import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, type NativeConnectionOptions, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { openDb } from '../prisma/db';
import { configuredClock } from '../records/kernel/clock';
import { whereOf } from '../records/kernel/defects';
import type { Records } from '../records/kernel/transaction';
import { createRegisters } from '../registers/registers';
import { readWorkerConfig } from './config';
import { createActivities } from '.';
import { beginRuns } from './pruning-runs';
import { createWaking, wakeTheRest } from './waking';
import { createWorker } from './worker';

/** The worker process. It runs the workflows and their activities until a signal stops it. */
async function main(): Promise<void> {
  const config = readWorkerConfig(process.env);
  const log = pino({ name: 'worker', level: config.logLevel });
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message }) => log.warn({ level }, message)),
  });
  const db = openDb(config.databaseUrl, config.connections);
  const records: Records = {
    db,
    clock: configuredClock(db),
    settings: config.settings,
    onDefect: (subject, error) => log.error({ subject, ...whereOf(error) }, 'a defect was put aside'),
  };
  const connection = await connected(config.temporal, log);
  const client = new Client({ connection, namespace: config.namespace });
  const waking = createWaking(records, client);
  const worker = await createWorker({
    connection,
    namespace: config.namespace,
    activities: createActivities({ records, registers: createRegisters(config.registers), client, waking }),
    connections: config.connections,
    questions: config.settings.questions,
    maxCachedWorkflows: config.cachedWorkflows,
    ...(config.workflowBundle && { workflowBundle: { codePath: config.workflowBundle } }),
  });
  log.info('ready');
  const ended = new AbortController();
  void beginRuns({ records, client }, log);
  const theRest = wakeTheRest(waking, log, ended.signal);
  await worker.run();
  ended.abort();
  await theRest;
  await db.$disconnect();
}

/** Connects to Temporal, with a try every second until it answers. Temporal may start later than the worker. */
async function connected(
  temporal: NativeConnectionOptions,
  log: { warn(message: string): void },
): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect(temporal);
    } catch {
      log.warn('Temporal does not answer yet; trying again');
      await pause(1000);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
