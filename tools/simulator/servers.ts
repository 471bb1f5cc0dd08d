import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingServer } from '../../test/support/time-skipping';

/** Time-skipping servers, each used by one world after another: one takes seconds to start, and is slow while it is new. */
export interface Servers {
  /** One that nobody uses now. */
  take(): Promise<TestWorkflowEnvironment>;
  /** Ends all that still runs on it and keeps it for the next, whose time goes on from where it stands. */
  giveBack(server: TestWorkflowEnvironment): Promise<void>;
  /** Stops one that has too much on it for another. */
  end(server: TestWorkflowEnvironment): Promise<void>;
  stop(): Promise<void>;
}

export function timeSkippingServers(): Servers {
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
      const server = await timeSkippingServer();
      started.add(server);
      return server;
    },
    async giveBack(server) {
      await endAll(server);
      idle.push(server);
    },
    end,
    async stop() {
      for (const server of started) await end(server);
    },
  };
}

const NAMESPACE = 'default';

async function endAll({ connection: { workflowService } }: TestWorkflowEnvironment): Promise<void> {
  for (;;) {
    const { executions } = await workflowService.listOpenWorkflowExecutions({ namespace: NAMESPACE });
    if (executions.length === 0) return;
    for (const { execution } of executions)
      await workflowService.terminateWorkflowExecution({
        namespace: NAMESPACE,
        workflowExecution: execution ?? null,
      });
  }
}
