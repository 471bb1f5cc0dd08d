/**
 * `npm run cluster -- restart` starts a cluster with a small world, and restarts each of its workers and APIs while people decide and
 * read. It prints how long each took to end, and fails if a request failed.
 */
import { inWords, rollingRestart } from '../../test/support/rolling';
import { startCluster } from '../../test/support/stack';
import { quietTemporal } from '../../test/support/workflow-code';

const PEOPLE = 8;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  quietTemporal();
  const stack = await startCluster({ asInProduction: true });
  try {
    say(`The cluster runs: ${stack.workers.length} workers, and ${stack.apis.length} APIs behind a proxy.`);
    say(`${PEOPLE} people work. Each process is restarted, one after another.`);
    const { decisions, reads, p50, p95, failed } = await rollingRestart(stack, PEOPLE, (restarted) =>
      say(`  ${inWords(restarted)}`),
    );
    say(
      `${decisions} decisions (median ${p50} ms, 95th percentile ${p95} ms) and ${reads} reads were asked.`,
    );
    for (const line of failed) say(`failed: ${line}`);
    say(failed.length === 0 ? 'No request failed.' : `${failed.length} requests failed.`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  } finally {
    await stack.close();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
