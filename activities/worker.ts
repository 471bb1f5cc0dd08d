import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { type ActivityInterceptorsFactory, Worker, type WorkerOptions } from '@temporalio/worker';
import { TASK_QUEUE } from '../workflows/messages';

/** The activities of a worker, by name. A test may give only some. */
export type Works = Readonly<Record<string, Work | undefined>>;
export type Work = (...args: never[]) => Promise<unknown>;

/** What differs between a deployment's worker, a test's and the simulator's. */
export type WorkerSetting = Pick<
  WorkerOptions,
  'connection' | 'namespace' | 'workflowBundle' | 'maxCachedWorkflows'
> & {
  activities: Works;
  /** The database pool's size: as many activities at once, so that none waits for a connection. */
  connections: number;
};

/** A worker of the pathway, with the options that let another take over within seconds of a kill. */
export const createWorker = ({ connections, workflowBundle, ...setting }: WorkerSetting): Promise<Worker> =>
  Worker.create({
    ...setting,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath: require.resolve('../workflows') }),
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
 * What goes wrong in an activity reaches Temporal's history: the kind of fault and where it was thrown, never the words of a
 * driver, which may quote a person's data.
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
