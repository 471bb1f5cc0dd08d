import fs from 'node:fs';
import path from 'node:path';
import { firstCase } from '../../api/http/introduction';
import { PREFIX } from '../../api/http/mount';
import { type Ground, prepareGround } from '../../tools/simulator/ground';
import { inText } from '../../tools/simulator/print';
import { runScenario } from '../../tools/simulator/run';
import { parseScenario, readScenario, type Scenario } from '../../tools/simulator/scenario';
import { warmDatabase } from './database';
import { workflowCode } from './workflow-code';

const root = path.resolve(__dirname, '../..');

/** The simulator's scenarios, and the working day of each role. */
const folders = ['tools/simulator/scenarios', 'test/scenarios/day'];
const files = folders.flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name)),
);

/** The first case of the reference page, as its steps stand there. */
const byHand = (): Scenario =>
  parseScenario(
    JSON.stringify({
      name: 'the first case of the reference page',
      starts: '2026-03-02T09:00:00+05:00',
      steps: firstCase.map(({ by, call, body }) => {
        const [method = '', path = ''] = call.split(' ');
        const as = by === 'employer' ? 'employer:300000001' : by;
        return { as, [method.toLowerCase()]: `${PREFIX}${path}`, ...(body && { body }), expect: {} };
      }),
    }),
  );

const stories: [string, () => Scenario][] = [
  ...files.map((file): [string, () => Scenario] => [file, () => readScenario(path.join(root, file))]),
  ['the first case of the reference page', byHand],
];

const LANES = 3;

/**
 * Plays every third scenario as a test, through the real API, worker and registers. Three suites at the same time play
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

  test.each(stories.filter((_, i) => i % LANES === lane))(
    '%s',
    async (_name, read) => {
      const lines: string[] = [];
      const scenario = read();
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
