import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { startBench } from '../test/support/bench';
import { devServer } from '../test/support/dev-server';
import { eventually } from '../test/support/eventually';
import { testSettings } from '../test/support/settings';
import { quietTemporal, workflowCode } from '../test/support/workflow-code';
import { createActivities, rowHandlers } from '.';
import { pruneToday } from './prune-today';
import { createWorker } from './worker';

test('without a worker the command says so, and the run begins with the first worker', async () => {
  quietTemporal();
  const [bench, server] = await Promise.all([startBench(rowHandlers), devServer()]);
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  try {
    const client = new Client({ connection });
    const lines: string[] = [];
    const done = pruneToday({ db: bench.db, client }, await bench.clock.now(), (line) => lines.push(line));
    await eventually(() =>
      Promise.resolve(/^No worker answers.*Start one: npm start/.test(lines.at(-1) ?? '')),
    );
    const worker = await createWorker({
      connection: native,
      namespace: 'default',
      activities: createActivities({
        records: bench.records,
        registers: bench.sandbox.registers,
        client,
      }),
      connections: 5,
      questions: testSettings.questions,
      workflowBundle: await workflowCode(),
    });
    const working = worker.run();
    await done;
    worker.shutdown();
    await working;
    expect(lines.at(-1)).toMatch(/^the run of \d{4}-\d{2}-\d{2} is done$/);
    expect(lines.filter((line) => line.startsWith('No worker'))).toHaveLength(1);
  } finally {
    await connection.close();
    await native.close();
    await server.stop();
    await bench.close();
  }
}, 90_000);
