import { TestWorkflowEnvironment } from '@temporalio/testing';
import { attempted } from './process';
import { temporalProgram } from './programs';

const ATTEMPTS = 4;

/**
 * A time-skipping Temporal server of its own (1 to 3 s; its output goes to the file named in TEMPORAL_TEST_SERVER_LOG).
 * Call `teardown()` on it in `afterAll`. Advance time with `env.sleep()` only, a day at a time when much is open, and
 * settle with `env.sleep('1 minute')`; ask for results with a plain `Client` on `env.connection`, because awaiting a
 * result on the environment's own client skips time.
 */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const server = { executable: { type: 'existing-path', path: temporalProgram('test-server') } } as const;
  // The SDK gives it five seconds, which a busy machine may need for something else.
  return attempted(ATTEMPTS, () => TestWorkflowEnvironment.createTimeSkipping({ server }));
}
