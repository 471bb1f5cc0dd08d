import { Connection } from '@temporalio/client';
import {
  type InternalConnectionOptions,
  InternalConnectionOptionsSymbol,
} from '@temporalio/client/lib/connection';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NativeConnection } from '@temporalio/worker';
import { answers } from './dev-server';
import { freePort } from './ports';
import { type Program, startProgram, startServer } from './process';
import { temporalProgram } from './programs';

/** The part of the SDK's environment that the tests use. */
export type TimeSkipping = Pick<
  TestWorkflowEnvironment,
  'address' | 'connection' | 'nativeConnection' | 'sleep' | 'currentTimeMs' | 'teardown'
>;

/**
 * Starts a time-skipping Temporal server (1 to 3 s). The SDK's own way gives the server only five seconds to start, and mixes
 * the server's output with ours.
 *
 * Call `teardown()` in `afterAll`. Advance time with `sleep()` only, a day at a time when much is open. Let the rows come to
 * rest with `sleep('1 minute')`.
 */
export async function timeSkippingServer(): Promise<TimeSkipping> {
  const { program, address } = await startServer('The time-skipping server', start);
  const options = {
    address,
    [InternalConnectionOptionsSymbol]: { supportsTestService: true },
  } satisfies InternalConnectionOptions;
  // This server ends a connection that pings it more often than every five minutes. The SDK's default is half a minute.
  const channelArgs = { 'grpc.keepalive_time_ms': 600_000 };
  const connection = await Connection.connect({ ...options, channelArgs });
  const nativeConnection = await NativeConnection.connect(options);
  const { testService } = connection;
  if (!testService) throw new Error('the connection has no test service, which skips time');
  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await connection.close();
    await nativeConnection.close();
    await program.kill9();
  };
  return {
    address,
    connection,
    nativeConnection,
    sleep: async (duration) =>
      void (await testService.unlockTimeSkippingWithSleep({ duration: msToTs(duration) })),
    currentTimeMs: async () => tsToMs((await testService.getCurrentTime({})).time),
    teardown: () => (ended ??= end()),
  };
}

/** The SDK's arguments: time passes only when a test lets it. With `--enable-time-skipping` the server would skip time on its own. */
async function start(): Promise<{ program: Program; address: string }> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program = await startProgram(temporalProgram('test-server'), [`${port}`], {
    ready: () => answers(address),
  });
  return { program, address };
}
