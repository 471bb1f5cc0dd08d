import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingServer } from '../../test/support/time-skipping';

/** Time-skipping servers, each used by one world after another: one takes seconds to start, and is slow while it is new. */
export interface Servers {
  /** One that nobody uses now. */
  take(): Promise<TestWorkflowEnvironment>;
  /** Ends all that still runs on it and keeps it for the next, whose time goes on from where it stands; else stops it. */
  giveBack(server: TestWorkflowEnvironment): Promise<void>;
  /** Stops one that has too much on it for another. */
  end(server: TestWorkflowEnvironment): Promise<void>;
  stop(): Promise<void>;
}

export function timeSkippingServers(start = timeSkippingServer): Servers {
  const started = new Set<TestWorkflowEnvironment>();
  const idle: TestWorkflowEnvironment[] = [];
  const end = async (server: TestWorkflowEnvironment) => {
    started.delete(server);
    await server.teardown();
  };
  return {
    async take() {
      const kept = idle.pop();
      if (kept) return kept;
      const server = await start();
      started.add(server);
      return server;
    },
    async giveBack(server) {
      const isEmpty = await endAll(server).then(
        () => true,
        () => false,
      );
      if (isEmpty) idle.push(server);
      else await end(server);
    },
    end,
    async stop() {
      for (const server of started) await end(server);
    },
  };
}

const NAMESPACE = 'default';

async function endAll({ client, connection: { workflowService } }: TestWorkflowEnvironment): Promise<void> {
  for (;;) {
    const { executions } = await workflowService.listOpenWorkflowExecutions({ namespace: NAMESPACE });
    if (executions.length === 0) return;
    for (const { execution } of executions) {
      const { workflowId = '', runId } = execution ?? {};
      await client.workflow
        .getHandle(workflowId ?? '', runId ?? undefined)
        .terminate()
        .catch(unlessEnded);
    }
  }
}

/** What was listed as open may have come to its own end since. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}
