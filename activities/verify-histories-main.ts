import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { commonConfig, readEnv, temporalConnection } from '../records/kernel/config';
import { type Chosen, OTHERS, type Verified, verifyHistories } from './verify-histories';
import { codeOf } from './worker';

const USAGE =
  'usage: npm run verify-histories -- [--address host:port] [--namespace name] [--open | --all] [--limit n]';

/** The number of histories of a kind that are named. */
const TOLD = 5;

const environment = commonConfig
  .pick({ TEMPORAL_ADDRESS: true, TEMPORAL_NAMESPACE: true, TEMPORAL_API_KEY: true, TEMPORAL_TLS: true })
  .extend({ WORKFLOW_BUNDLE: z.string().optional() });

/**
 * `npm run verify-histories -- --address host:port` replays the histories of the open executions there with this version's workflows,
 * before it ships. It changes nothing. `--all` replays closed executions too. `--limit n` replays the newest n of each kind of row.
 * It exits with 1 if a history does not agree with the code.
 */
async function main(): Promise<void> {
  const { address, namespace, ...chosen } = readOptions();
  const env = readEnv(environment, {
    ...process.env,
    ...(address !== undefined && { TEMPORAL_ADDRESS: address }),
    ...(namespace !== undefined && { TEMPORAL_NAMESPACE: namespace }),
  });
  // A history that does not agree is told below, once.
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter } },
  });
  const connection = await Connection.connect(temporalConnection(env));
  const client = new Client({ connection, namespace: env.TEMPORAL_NAMESPACE });
  const where = `at ${env.TEMPORAL_ADDRESS}, namespace ${env.TEMPORAL_NAMESPACE}`;
  say(`replaying the histories of ${chosen.all ? 'all' : 'the open'} executions ${where}`);
  const code = codeOf(env.WORKFLOW_BUNDLE === undefined ? undefined : { codePath: env.WORKFLOW_BUNDLE });
  const results = await verifyHistories(client, code, chosen, (kind, replayed, of) =>
    say(`${kind}: ${replayed} of ${of}`),
  );
  await connection.close();
  tell(results);
}

function readOptions(): Chosen & { address: string | undefined; namespace: string | undefined } {
  const { values } = parseArgs({
    options: {
      address: { type: 'string' },
      namespace: { type: 'string' },
      open: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      limit: { type: 'string' },
    },
  });
  const { address, namespace, open, all } = values;
  if (open && all) throw new Error(`--open or --all, not both\n${USAGE}`);
  const limit = Number(values.limit ?? Infinity);
  if (!(limit >= 1) || (limit !== Infinity && !Number.isInteger(limit)))
    throw new Error(`--limit takes a whole number from 1\n${USAGE}`);
  return { address, namespace, all, limit };
}

function tell(results: readonly Verified[]): void {
  if (results.length === 0) return say('there are no such executions, so nothing was replayed');
  for (const { kind, replayed, disagreements } of results) {
    const failed = disagreements.length;
    say(
      `${kind}: ${replayed} replayed, ${failed === 0 ? 'all agree' : `${failed} do not agree`} with this code`,
    );
    for (const { workflowId, runId, reason } of disagreements.slice(0, TOLD))
      say(`  ${workflowId} (run ${runId}): ${reason}`);
    if (failed > TOLD) say(`  and ${failed - TOLD} more`);
  }
  const broken = results.flatMap(({ kind, disagreements }) => (disagreements.length > 0 ? kind : []));
  if (broken.length === 0) return say('this version may ship as it is');
  process.exitCode = 1;
  say(
    'this version does not fit these histories. After it ships (docs/operations.md, "Upgrade workflow code"):',
  );
  for (const kind of broken)
    say(
      kind === OTHERS
        ? `  ${OTHERS}: no row of this version has such a workflow; end it in Temporal`
        : `  npm run reconcile -- --restart ${kind}`,
    );
}

const say = (line: string): void => void process.stdout.write(`verify-histories: ${line}\n`);

main().catch((error: unknown) => {
  process.stderr.write(`verify-histories: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
