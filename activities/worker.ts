import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { type ActivityInterceptorsFactory, Worker, type WorkerOptions } from '@temporalio/worker';
import { TASK_QUEUE } from '../workflows/messages';

/** The activities of a worker, by name. A test may give only some. */
export type Works = Readonly<Record<string, Work | undefined>>;
export type Work = (...args: never[]) => Promise<unknown>;

/** The options that differ between the workers of a deployment, a test and the simulator. */
export type WorkerSetting = Pick<
  WorkerOptions,
  'connection' | 'namespace' | 'workflowBundle' | 'maxCachedWorkflows'
> & {
  activities: Works;
  /** The size of the database pool. It is also the limit of activities at once, so that no activity waits for a connection. */
  connections: number;
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

/** A worker of the pathway. With its options another worker takes over within seconds of a kill. */
export const createWorker = ({ connections, workflowBundle, ...setting }: WorkerSetting): Promise<Worker> =>
  Worker.create({
    ...setting,
    ...codeOf(workflowBundle),
    taskQueue: TASK_QUEUE,
    maxConcurrentActivityTaskExecutions: connections,
    maxConcurrentLocalActivityExecutions: connections,
    stickyQueueScheduleToStartTimeout: '2s',
    shutdownGraceTime: '10s',
    interceptors: { activity: [showsThatItLives, keepsValuesToItself] },
  });

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
