import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { type ActivityInterceptorsFactory, Worker, type WorkerOptions } from '@temporalio/worker';
import { defaultQuestions, registerNames } from '../domain/registers';
import type { Settings } from '../domain/settings';
import { peopleFirst } from './people-first';
import { queueOf, TASK_QUEUE } from '../workflows/messages';

/** The activities of a worker, by name. A test may give only some. */
export type Works = Readonly<Record<string, Work | undefined>>;
export type Work = (...args: never[]) => Promise<unknown>;

/** The options that differ between the workers of a deployment, a test and the simulator. */
export type WorkerSetting = Pick<
  WorkerOptions,
  'connection' | 'namespace' | 'workflowBundle' | 'maxCachedWorkflows'
> & {
  activities: Works;
  /** The size of the database pool. Acts of rows by themselves take an eighth of it at most. */
  connections: number;
  /** How many questions each register gets; our default unless given. */
  questions?: Settings['questions'];
};

/**
 * How the code of the workflows is bundled. No module of it keeps anything of an execution, so all executions share the loaded modules.
 */
export const bundling = (workflowsPath: string) => ({ workflowsPath, preloadModules: [workflowsPath] });

/** The workflows' code: packed before, or packed now from its source. */
export function codeOf(
  workflowBundle: WorkerOptions['workflowBundle'],
): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'> {
  if (workflowBundle) return { workflowBundle };
  const { workflowsPath, ...bundlerOptions } = bundling(require.resolve('../workflows'));
  return { workflowsPath, bundlerOptions };
}

/** The workers of a process, which run and end together. */
export type Workers = Pick<Worker, 'run' | 'shutdown' | 'getState'>;

/**
 * A worker of the pathway, and one for the questions to each register. With these options another process takes over within seconds of a
 * kill.
 */
export async function createWorker({
  connections,
  workflowBundle,
  maxCachedWorkflows,
  questions = defaultQuestions,
  ...setting
}: WorkerSetting): Promise<Workers> {
  const common = {
    ...setting,
    shutdownGraceTime: '10s',
    interceptors: {
      activity: [
        peopleFirst(Math.max(2, Math.floor(connections / 8))),
        showsThatItLives,
        keepsValuesToItself,
      ],
    },
  } satisfies Partial<WorkerOptions>;
  const pathway = await Worker.create({
    ...common,
    ...codeOf(workflowBundle),
    ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
    taskQueue: TASK_QUEUE,
    maxConcurrentActivityTaskExecutions: connections,
    stickyQueueScheduleToStartTimeout: '2s',
  });
  const asking = await Promise.all(
    registerNames.map((register) => {
      const { atOnce, aMinute } = questions[register];
      return Worker.create({
        ...common,
        taskQueue: queueOf(register),
        maxConcurrentActivityTaskExecutions: atOnce,
        maxConcurrentActivityTaskPolls: 1,
        maxActivitiesPerSecond: aMinute / 60,
      });
    }),
  );
  return together([pathway, ...asking]);
}

/** Workers that run and end together, also after an error of one. */
function together(workers: readonly [Worker, ...Worker[]]): Workers {
  const shutdown = (): void => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    shutdown,
    getState: () => workers[0].getState(),
    async run() {
      const runs = workers.map((worker) => worker.run().finally(shutdown));
      await Promise.allSettled(runs);
      await Promise.all(runs);
    },
  };
}

const BEAT_MS = 2000;

/** A running activity reports itself. So another worker takes over the activities of a killed one within seconds. */
const showsThatItLives: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      if (context.info.isLocal) return next(input);
      const beat = setInterval(() => context.heartbeat(), BEAT_MS);
      try {
        return await next(input);
      } finally {
        clearInterval(beat);
      }
    },
  },
});

/**
 * Temporal's history keeps the errors of activities. It gets the kind of the error and the place in the code. It never gets the
 * message of a driver, because the message may quote a person's data.
 */
const keepsValuesToItself: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (
          error instanceof TemporalFailure ||
          error instanceof CompleteAsyncError ||
          !(error instanceof Error)
        )
          throw error;
        const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
        const failure = ApplicationFailure.retryable(`${error.name}${code}`, 'Unexpected');
        failure.stack = (error.stack ?? '')
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .join('\n');
        throw failure;
      }
    },
  },
});
