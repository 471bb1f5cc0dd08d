import { inspect } from 'node:util';
import { MachineError, machinesFault } from '../machine.cjs';
import { type Scenario, ScenarioError } from './scenario';

type Run = (file: string, scenario: Scenario) => Promise<boolean>;
type Say = (line: string) => void;

/**
 * Runs one scenario after another. If one fails or cannot be carried out, the next still runs. At the end it names the scenarios
 * that failed.
 *
 * @param scenarios by file; if a file could not be read, the error
 * @param run returns whether every result was as expected
 * @returns whether all scenarios went as expected
 * @throws MachineError if this machine cut a scenario short; the later scenarios are not run
 */
export async function runEach(
  scenarios: ReadonlyMap<string, Scenario | ScenarioError>,
  run: Run,
  complain: Say,
): Promise<boolean> {
  const wrong: string[] = [];
  const left = new Set(scenarios.keys());
  for (const [file, scenario] of scenarios) {
    left.delete(file);
    try {
      if (scenario instanceof ScenarioError) throw scenario;
      if (!(await run(file, scenario))) wrong.push(`${file}: not as expected`);
    } catch (error) {
      const fault = machinesFault(inspect(error));
      if (fault !== undefined) throw left.size === 0 ? error : cutShort(fault, file, left, error);
      complain(error instanceof ScenarioError ? error.message : inspect(error));
      wrong.push(`${file}: could not be carried out`);
    }
  }
  if (scenarios.size > 1) {
    complain(`\n${scenarios.size - wrong.length} of ${scenarios.size} scenarios went as expected.`);
    for (const line of wrong) complain(`  ${line}`);
  }
  return wrong.length === 0;
}

const cutShort = (fault: string, file: string, left: ReadonlySet<string>, cause: unknown): MachineError =>
  new MachineError(`${fault}, in ${file}; not run: ${[...left].join(', ')}`, { cause });
