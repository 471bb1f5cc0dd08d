import { Context } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TimeSkipping } from '../../test/support/time-skipping';
import {
  createWorker,
  type Work,
  type Workers,
  type WorkerSetting,
  type Works,
} from '../../activities/worker';
import { clientOf } from './client';

/** A time-skipping server with its worker, for one world after another. New ones for each world would cost some tenths of a second. */
export interface Server {
  readonly env: TimeSkipping;
  /** The environment's own client skips time while it waits for a result. This client does not. */
  readonly client: Client;
  /** Starts the worker unless it runs. From now on the worker carries out these activities. */
  serve(works: Works): Promise<void>;
  /** Stops the worker until `serve` is called again. */
  rest(): Promise<void>;
  /** Ends every execution, and returns when no activity is running. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export type ServerSetting = Pick<WorkerSetting, 'workflowBundle' | 'connections'>;

/** The same activities, each wrapped by `wrap`. */
export const wrapped = (works: Works, wrap: (name: string, work: Work) => Work): Works =>
  Object.fromEntries(
    Object.entries(works).flatMap(([name, work]) => (work ? [[name, wrap(name, work)]] : [])),
  );

const NAMESPACE = 'default';

export function serverOf(env: TimeSkipping, setting: ServerSetting): Server {
  const client = clientOf(env.connection);
  /** The present world's activities, its running ones, and the executions of earlier worlds. */
  let present: Works = {};
  const begun = new Set<Promise<unknown>>();
  const past = new Set<string>();
  let worker: Workers | undefined;
  let running: Promise<void> | undefined;

  /** A local activity may be tried once more after its execution was ended. */
  const ofPresent =
    (name: string): Work =>
    async (...args) => {
      const isPast = past.has(Context.current().info.workflowExecution?.runId ?? '');
      const answer = isPast ? undefined : present[name]?.(...args);
      if (!answer) throw ApplicationFailure.nonRetryable('its world is over');
      begun.add(answer);
      try {
        return await answer;
      } finally {
        begun.delete(answer);
      }
    };

  async function openRuns() {
    const { executions } = await env.connection.workflowService.listOpenWorkflowExecutions({
      namespace: NAMESPACE,
    });
    return executions.map(({ execution }) => ({
      workflowId: execution?.workflowId ?? '',
      runId: execution?.runId ?? '',
    }));
  }

  async function rest(): Promise<void> {
    if (worker?.getState() === 'RUNNING') worker.shutdown();
    await running;
    worker = running = undefined;
  }

  return {
    env,
    client,
    rest,

    async serve(works) {
      present = works;
      if (worker?.getState() === 'RUNNING') return;
      await rest(); // throws the error that ended the worker
      worker = await createWorker({
        ...setting,
        connection: env.nativeConnection,
        namespace: NAMESPACE,
        activities: wrapped(works, ofPresent),
      });
      running = worker.run();
      running.catch(() => undefined); // thrown by `rest`
    },

    async clear() {
      for (;;) {
        const open = await openRuns();
        if (open.length === 0 && begun.size === 0) return;
        for (const { workflowId, runId } of open) {
          past.add(runId);
          await client.workflow.getHandle(workflowId, runId).terminate().catch(unlessEnded);
        }
        await Promise.allSettled(begun);
      }
    },

    async stop() {
      try {
        await rest();
      } finally {
        await env.teardown();
      }
    },
  };
}

/** An execution that was listed as open may have ended since. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
