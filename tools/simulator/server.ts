import { Context } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TimeSkipping } from '../../test/support/time-skipping';
import type { Worker } from '@temporalio/worker';
import { createWorker, type Work, type WorkerSetting, type Works } from '../../activities/worker';
import { clientOf } from './client';

/** A time-skipping server and a worker that stays on it, for one world after another: a new one each costs some tenths of a second. */
export interface Server {
  readonly env: TimeSkipping;
  /** The environment's own skips time when a result is awaited; this one does not. */
  readonly client: Client;
  /** Starts the worker unless it runs; from now on it carries out these. */
  serve(works: Works): Promise<void>;
  /** Stops the worker until `serve` is called again. */
  rest(): Promise<void>;
  /** Ends every execution, and returns when nothing is carried out any more. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export type ServerSetting = Pick<WorkerSetting, 'workflowBundle' | 'connections'>;

/** The same, each done by what `wrap` makes of it. */
export const wrapped = (works: Works, wrap: (name: string, work: Work) => Work): Works =>
  Object.fromEntries(
    Object.entries(works).flatMap(([name, work]) => (work ? [[name, wrap(name, work)]] : [])),
  );

const NAMESPACE = 'default';

export function serverOf(env: TimeSkipping, setting: ServerSetting): Server {
  const client = clientOf(env.connection);
  /** The world of the moment, what it has begun, and the executions of those before it. */
  let present: Works = {};
  const begun = new Set<Promise<unknown>>();
  const past = new Set<string>();
  let worker: Worker | undefined;
  let running: Promise<void> | undefined;

  /** A local activity may be tried once more although its execution has been ended. */
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
      await rest(); // which throws what has ended it
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

/** What was listed as open may have come to its own end since. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
