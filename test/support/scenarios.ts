import fs from 'node:fs';
import path from 'node:path';
import { type Ground, prepareGround } from '../../tools/simulator/ground';
import { inText } from '../../tools/simulator/print';
import { runScenario } from '../../tools/simulator/run';
import { readScenario } from '../../tools/simulator/scenario';
import { warmDatabase } from './database';
import { workflowCode } from './workflow-code';

const folder = path.resolve(__dirname, '../../tools/simulator/scenarios');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.yaml'));

const LANES = 3;

/**
 * Plays every third scenario of the simulator as a test, through the real API, worker and registers. Three suites at the same time play
 * all scenarios.
 */
export function playScenarios(lane: number): void {
  let ground: Ground;

  beforeAll(async () => {
    ground = await prepareGround({
      admin: process.env['TEST_PG_ADMIN'] ?? '',
      template: 'template_app',
      bundle: await workflowCode(),
      openDatabase: warmDatabase,
    });
  });
  afterAll(() => ground.stop());

  test.each(files.filter((_, i) => i % LANES === lane))(
    '%s',
    async (file) => {
      const lines: string[] = [];
      const scenario = readScenario(path.join(folder, file));
      const isAsExpected = await runScenario(
        ground,
        scenario,
        inText((line) => lines.push(line)),
      );
      expect(isAsExpected || lines.join('\n')).toBe(true);
    },
    240_000,
  );
}
