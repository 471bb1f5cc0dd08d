import { parseArgs } from 'node:util';
import { inJson, inText } from './print';
import { runEach } from './each';
import { runScenario } from './run';
import { playProgramme } from './programme/play';
import { runAsProgram, withGround } from './program';
import { readScenario, type Scenario, ScenarioError } from './scenario';

const USAGE = `npm run simulate -- <scenario.yaml> … [--json] [--go-on]
npm run simulate -- --programme <programme.csv> [--share 0.05] [--seed 1] [--profile <profile.json>] [--policy <changes.json>]`;

async function main(): Promise<boolean> {
  const { values, positionals } = readArguments();
  if (values.help === true) return say(USAGE);
  const { programme: table, share, seed, profile, policy } = values;
  if (table !== undefined)
    return withGround((ground) => playProgramme(ground, { table, share, seed, profile, policy }, say));
  if (positionals.length === 0 || policy !== undefined) throw new ScenarioError(USAGE);
  const listener = (file: string) => (values.json === true ? inJson(say, file) : inText(say));
  const read = new Map(positionals.map((file) => [file, readIfPossible(file)]));
  const mistakes = [...read.values()].filter((scenario) => scenario instanceof ScenarioError);
  if (mistakes.length === read.size)
    throw new ScenarioError(mistakes.map(({ message }) => message).join('\n'));
  return withGround((ground) =>
    runEach(
      read,
      (file, scenario) => runScenario(ground, scenario, listener(file), { goOn: values['go-on'] === true }),
      console.error,
    ),
  );
}

function readIfPossible(file: string): Scenario | ScenarioError {
  try {
    return readScenario(file);
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        'go-on': { type: 'boolean' },
        help: { type: 'boolean' },
        programme: { type: 'string' },
        share: { type: 'string' },
        seed: { type: 'string' },
        profile: { type: 'string' },
        policy: { type: 'string' },
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
