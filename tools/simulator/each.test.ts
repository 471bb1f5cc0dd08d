import { MachineError } from '../machine.cjs';
import { runEach } from './each';
import { parseScenario, type Scenario, ScenarioError } from './scenario';

const scenario = parseScenario('name: one\nstarts: 2023-03-01T09:00:00+05:00\nsteps:\n  - wait: 1d\n');

/** Runs files. The name of each file says how it ends. */
async function running(scenarios: Record<string, Scenario | ScenarioError>) {
  const ran: string[] = [];
  const said: string[] = [];
  const does: Record<string, () => Promise<boolean>> = {
    differs: () => Promise.resolve(false),
    stops: () => Promise.reject(new ScenarioError('stops, step 1: there is no such official')),
    breaks: () => Promise.reject(new TypeError('undefined is not a function')),
    full: () => Promise.reject(new MachineError('the disk is full')),
  };
  const run = (file: string): Promise<boolean> => {
    ran.push(file);
    return does[file]?.() ?? Promise.resolve(true);
  };
  const isAsExpected = runEach(new Map(Object.entries(scenarios)), run, (line) => said.push(line));
  const thrown = await isAsExpected.then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ran, said: said.join('\n'), thrown, isAsExpected: thrown === undefined && (await isAsExpected) };
}

test('several scenarios are all run, and the end names the fault of each', async () => {
  const unreadable = new ScenarioError('missing: there is no such file');
  const { ran, said, isAsExpected } = await running({
    good: scenario,
    differs: scenario,
    missing: unreadable,
    stops: scenario,
    breaks: scenario,
    last: scenario,
  });
  expect(ran).toEqual(['good', 'differs', 'stops', 'breaks', 'last']);
  expect(isAsExpected).toBe(false);
  for (const line of [
    'missing: there is no such file',
    'stops, step 1: there is no such official',
    'TypeError: undefined is not a function',
    '2 of 6 scenarios went as expected.',
    '  differs: not as expected',
    '  missing: could not be carried out',
    '  stops: could not be carried out',
    '  breaks: could not be carried out',
  ])
    expect(said).toContain(line);
});

test('after a single scenario there is no summary', async () => {
  expect(await running({ good: scenario })).toMatchObject({ said: '', isAsExpected: true });
  expect(await running({ differs: scenario })).toMatchObject({ said: '', isAsExpected: false });
});

test('if the machine cuts a scenario short, the rest is not run, and the rest is named', async () => {
  const { ran, thrown } = await running({ good: scenario, full: scenario, last: scenario });
  expect(ran).toEqual(['good', 'full']);
  expect(thrown).toBeInstanceOf(MachineError);
  expect(thrown).toMatchObject({ message: 'the disk is full, in full; not run: last' });
});
