import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalProgram } from './programs';

/**
 * A time-skipping Temporal server of its own (1 to 3 s; its output goes to the file named in TEMPORAL_TEST_SERVER_LOG).
 * Call `teardown()` on it in `afterAll`. Advance time with `env.sleep()` only, a day at a time when much is open, and
 * settle with `env.sleep('1 minute')`; ask for results with a plain `Client` on `env.connection`, because awaiting a
 * result on the environment's own client skips time.
 */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const server = { executable: { type: 'existing-path', path: temporalProgram('test-server') } } as const;
  for (let attempt = 1; ; attempt++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({ server });
    } catch (error) {
      // The SDK gives it five seconds, which a busy machine may need for something else.
      if (attempt === 4) throw error;
    }
  }
}
