import { parseArgs } from 'node:util';
import { inJson, inText } from './print';
import { runScenario } from './run';
import { playProgramme } from './programme/play';
import { runAsProgram, withGround } from './program';
import { readScenario, ScenarioError } from './scenario';

const USAGE = `npm run simulate -- <scenario.yaml> … [--json]
npm run simulate -- --programme <programme.csv> [--share 0.05] [--seed 1] [--profile <profile.json>]`;

async function main(): Promise<boolean> {
  const { values, positionals } = readArguments();
  if (values.help === true) return say(USAGE);
  const { programme: table, share, seed, profile } = values;
  if (table !== undefined)
    return withGround((ground) => playProgramme(ground, { table, share, seed, profile }, say));
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

runAsProgram(main);
