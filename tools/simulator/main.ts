import { parseArgs } from 'node:util';
import { type Ground, prepareGround } from './ground';
import { inJson, inText } from './print';
import { runScenario } from './run';
import { readScenario, ScenarioError } from './scenario';

const USAGE = `npm run simulate -- <scenario.yaml> … [--json]
npm run simulate -- --programme <programme.csv> [--share 0.05] [--seed 1] [--profile <profile.json>]`;

async function main(): Promise<boolean> {
  const { values, positionals } = readArguments();
  if (values.help === true) return say(USAGE);
  if (positionals.length === 0) throw new ScenarioError(USAGE);
  const scenarios = positionals.map((file) => readScenario(file));
  return withGround(async (ground) => {
    for (const scenario of scenarios) {
      const listener = values.json === true ? inJson(say) : inText(say);
      if (!(await runScenario(ground, scenario, listener))) return false;
    }
    return true;
  });
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        programme: { type: 'string' },
        share: { type: 'string' },
        seed: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new ScenarioError(`${(error as Error).message}\n${USAGE}`);
  }
}

const say = (line: string): true => {
  process.stdout.write(`${line}\n`);
  return true;
};

/** Stops what it started however it ends. */
export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const admin = process.env['SIMULATOR_DATABASE_URL'];
  const ground = await prepareGround(admin ? { admin } : undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void ground.stop().finally(() => process.exit(1)));
  try {
    return await work(ground);
  } finally {
    await ground.stop();
  }
}

// The database driver's advice to its own callers is not for those who simulate.
process.noDeprecation = true;

main().then(
  (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof ScenarioError ? error.message : error);
    process.exit(1);
  },
);
