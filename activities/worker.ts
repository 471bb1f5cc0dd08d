import { type ActivityInterceptorsFactory, Worker, type WorkerOptions } from '@temporalio/worker';
import { TASK_QUEUE } from '../workflows/messages';
import type { Activities } from './index';

/** What differs between a deployment's worker, a test's and the simulator's. */
export type WorkerSetting = Pick<
  WorkerOptions,
  'connection' | 'namespace' | 'workflowBundle' | 'maxCachedWorkflows'
> & {
  activities: Activities;
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
    interceptors: { activity: [showsThatItLives] },
  });

const BEAT_MS = 2000;

/** An activity that runs says so, so that another worker takes over what a killed one was doing within seconds. */
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
