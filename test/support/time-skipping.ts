import { TestWorkflowEnvironment } from '@temporalio/testing';
import { freePort } from './ports';
import { answers } from './dev-server';
import { type Program, startProgram, startServer } from './process';
import { temporalProgram } from './programs';

/** The SDK's own way gives the server five seconds to start and lets it write where we write. */
const { create } = TestWorkflowEnvironment as unknown as {
  create(on: {
    server: { type: 'existing' };
    address: string;
    supportsTimeSkipping: true;
  }): Promise<TestWorkflowEnvironment>;
};

/**
 * A time-skipping Temporal server of its own (1 to 3 s; its output goes to the file named in TEMPORAL_TEST_SERVER_LOG).
 * Call `teardown()` on it in `afterAll`. Advance time with `env.sleep()` only, a day at a time when much is open, and
 * settle with `env.sleep('1 minute')`; ask for results with a plain `Client` on `env.connection`, because awaiting a
 * result on the environment's own client skips time.
 */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const { program, address } = await startServer('The time-skipping server', start);
  const env = await create.call(TestWorkflowEnvironment, {
    server: { type: 'existing' },
    address,
    supportsTimeSkipping: true,
  });
  const disconnect = env.teardown.bind(env);
  return Object.assign(env, {
    teardown: async () => {
      await disconnect();
      await program.kill9();
    },
  });
}

/** As the SDK starts it: time stands until it is let go on. With `--enable-time-skipping` it would jump by itself. */
async function start(): Promise<{ program: Program; address: string }> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program = await startProgram(temporalProgram('test-server'), [`${port}`], {
    ready: () => answers(address),
  });
  return { program, address };
}
